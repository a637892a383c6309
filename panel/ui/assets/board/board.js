// The board. The server sends it anew over a line of its own whenever something on it changes; while that line is down,
// Python is asked instead.
const TICK = 5000 // milliseconds between two looks at the clock
const ASK = 2000 // between two questions to Python
const WAITS = [300, 1000, 2000, 4000]
const SILENT = 15000 // without a word for so long, a line counts as cut
const REFUSED = [1008, 4400, 4403, 4404] // whoever is told one of these does not come back by the same way
const MOST_LATE = 30

class BoardView {
  constructor (root) {
    this.sentence = h('p', { class: 'quiet board-sentence' })
    this.line = h('p', { class: 'quiet board-line', role: 'status' })
    this.jump = button('Show what runs now', () => this.showRunning(), { class: 'board-jump' })
    this.empty = h('div', { class: 'empty' })
    this.list = h('ol', { class: 'board-list' })
    this.lateHead = h('h2', { class: 'section' })
    this.lateList = h('ul', { class: 'board-late-list' })
    this.lateRest = h('p', { class: 'quiet' })
    this.element = h('div', { class: 'board' }, h('div', { class: 'board-top' }, this.sentence, this.jump), this.line, this.empty, this.list, this.lateHead, this.lateList, this.lateRest)
    this.views = new Map()
    this.lateViews = new Map()
    root.replaceChildren(this.element)
  }

  show (data, board, now) {
    const clock = clockOf(data)
    const late = board.late.slice(0, MOST_LATE)
    setText(this.sentence, daySentence(board, now))
    this.running = board.sittings.find((each) => each.phase === 'running' || each.phase === 'past_end')
    this.jump.hidden = board.sittings.length < 6 || !this.running
    this.empty.hidden = board.sittings.length > 0
    if (!this.empty.hasChildNodes()) this.empty.append(...data.empty.map((line, place) => h('p', { class: place ? 'quiet' : null }, line)))
    this.list.hidden = !board.sittings.length
    keyed(this.list, this.views, board.sittings, (each) => new SittingView(each)).forEach((view, place) => view.show(board.sittings[place], now, clock, data.from))
    this.lateHead.hidden = this.lateList.hidden = !late.length
    setText(this.lateHead, 'Overdue from earlier days')
    keyed(this.lateList, this.lateViews, late, () => new LateView()).forEach((view, place) => view.show(late[place], clock, dayOf(data)))
    this.lateRest.hidden = board.late.length <= MOST_LATE
    setText(this.lateRest, 'And ' + counted(board.late.length - MOST_LATE, 'newer one') + '.')
  }

  showRunning () {
    const { fold } = this.views.get(this.running.id)
    fold.firstElementChild.focus({ preventScroll: true })
    fold.scrollIntoView({ block: 'center' })
  }
}

class Board {
  constructor (root, data, tellPython) {
    Object.assign(this, { data, board: data.board, tellPython, tries: 0, lostAt: Date.now() })
    this.view = new BoardView(root)
    this.timer = setInterval(() => this.tick(), TICK)
    this.asking = setInterval(() => this.ask(), ASK)
    this.online = () => this.connect()
    window.addEventListener('online', this.online)
    this.connect()
    this.draw()
  }

  // Python has drawn the page again, with another day or because it was asked; or only the browser has, with what it had.
  take (data, tellPython) {
    const otherDay = data.from !== this.data.from
    const answered = data.at !== this.data.at && (!this.open || otherDay)
    Object.assign(this, { data, tellPython })
    if (answered) { this.board = data.board; this.heardAt = Date.now() }
    if (otherDay) { this.drop(); this.connect() }
    this.draw()
  }

  draw () {
    this.view.show(this.data, this.board, Date.now())
    const old = !this.open && Date.now() - Math.max(this.heardAt || 0, this.lostAt) > 3 * ASK
    setText(this.view.line, old ? 'No connection. This is how it stood a while ago; it goes on by itself.' : '')
  }

  connect () {
    clearTimeout(this.again)
    if (this.ended || this.refused || (this.socket && this.socket.readyState <= 1)) return
    const { from, until } = this.data
    const socket = this.socket = new WebSocket(location.protocol.replace('http', 'ws') + '//' + location.host + '/live?board=1&from=' + from + '&until=' + until)
    socket.onmessage = (event) => {
      const message = JSON.parse(event.data)
      this.heardAt = Date.now()
      if (message.push !== 'board') return
      Object.assign(this, { open: true, tries: 0, board: message.board ?? this.board })
      this.draw()
    }
    socket.onclose = (event) => { this.refused = REFUSED.includes(event.code); this.lose(socket) }
  }

  lose (socket) {
    if (socket !== this.socket) return
    if (this.open) this.lostAt = Date.now()
    Object.assign(this, { socket: null, open: false })
    if (!this.ended && !this.refused) this.again = setTimeout(() => this.connect(), WAITS[Math.min(this.tries++, WAITS.length - 1)])
  }

  // The browser itself may take minutes to notice that a line is cut.
  drop () {
    const socket = this.socket
    if (!socket) return
    socket.close()
    this.lose(socket)
  }

  tick () {
    if (this.open && Date.now() - this.heardAt > SILENT) this.drop()
    this.draw()
  }

  // At midnight for another day, and while there is no line.
  ask () {
    const dayIsOver = Date.now() >= this.data.until
    if (document.hidden || (!dayIsOver && (this.open || Date.now() - this.lostAt < ASK))) return
    this.tellPython('look', Date.now())
  }

  end () {
    this.ended = true
    clearInterval(this.timer)
    clearInterval(this.asking)
    clearTimeout(this.again)
    window.removeEventListener('online', this.online)
    this.socket?.close()
  }
}

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector('.board-root')
  clearTimeout(root.leaving)
  if (root.board) root.board.take(data, setTriggerValue)
  else root.board = new Board(root, data, setTriggerValue)
  return () => { root.leaving = setTimeout(() => { root.board?.end(); root.board = null }, 1000) }
}

// One websocket to the server, made anew whenever it is lost. A request is answered, or fails with LOST.
const ANSWER_WITHIN = 8000 // milliseconds after which a silent line counts as lost
const SIGN_OF_LIFE = 10000
const PATIENCE = 2000 // milliseconds within which a first connection is no news
const WAITS = [300, 1000, 2000, 4000]
const SIGNED_OUT = 1008
const REFUSED = [4400, 4403, 4404] // it will not be another time either
const LOST = new Error('the connection was lost')

class Line {
  constructor (address, told) {
    this.address = address
    this.told = told // onopen(), onpush(message), onlife(), onlost(why): a sentence, or empty where it may be the network
    this.open = false
    this.count = 0
    this.waiting = new Map()
    this.tries = 0
    this.since = Date.now()
    this.online = () => { if (!this.open) { this.drop(); this.connect() } }
    window.addEventListener('online', this.online)
    this.alive = setInterval(() => this.live(), SIGN_OF_LIFE)
    this.connect()
  }

  get isDown () { return !this.open && (this.tries > 0 || Date.now() - this.since > PATIENCE) }

  connect () {
    clearTimeout(this.again)
    if (this.ended || (this.socket && this.socket.readyState <= 1)) return
    const socket = this.socket = new WebSocket(this.address)
    const patience = setTimeout(() => { if (!this.open) this.drop() }, ANSWER_WITHIN)
    socket.onopen = () => { clearTimeout(patience); this.open = true; this.told.onopen() }
    socket.onmessage = (event) => this.hear(JSON.parse(event.data))
    socket.onclose = ({ code, reason }) => {
      clearTimeout(patience)
      if (REFUSED.includes(code)) this.ended = true
      this.lose(socket, code === SIGNED_OUT ? 'You are signed out. What is not saved is kept in this browser: sign in again.' : REFUSED.includes(code) ? reason : '')
    }
  }

  live () {
    if (!this.open) return
    this.request({ do: 'look' }).then((answer) => { if (answer.state) this.told.onpush({ state: answer.state }) }, () => {})
    this.told.onlife()
  }

  hear (message) {
    this.tries = 0 // a line that is refused opens too, and says nothing
    if (message.n === undefined) { this.told.onpush(message); return }
    const asked = this.waiting.get(message.n)
    if (!asked) return
    this.waiting.delete(message.n)
    clearTimeout(asked.timer)
    asked.resolve(message)
  }

  lose (socket, why = '') {
    if (socket !== this.socket) return
    this.socket = null
    const was = this.open
    this.open = false
    for (const asked of this.waiting.values()) { clearTimeout(asked.timer); asked.reject(LOST) }
    this.waiting.clear()
    const wait = WAITS[Math.min(this.tries++, WAITS.length - 1)]
    if (was || why || this.tries === 1) this.told.onlost(why)
    if (!this.ended) this.again = setTimeout(() => this.connect(), wait)
  }

  // Gives up a socket that no longer answers; the browser itself may take minutes to notice.
  drop () {
    const socket = this.socket
    if (!socket) return
    socket.close()
    this.lose(socket)
  }

  say (message) { if (this.open) this.socket.send(JSON.stringify({ n: ++this.count, ...message })) }

  request (message) {
    return new Promise((resolve, reject) => {
      if (!this.open) { reject(LOST); return }
      const n = ++this.count
      const timer = setTimeout(() => this.drop(), ANSWER_WITHIN)
      this.waiting.set(n, { resolve, reject, timer })
      this.socket.send(JSON.stringify({ n, ...message }))
    })
  }

  end () {
    this.ended = true
    this.told.onlost = () => {}
    clearInterval(this.alive)
    clearTimeout(this.again)
    window.removeEventListener('online', this.online)
    this.socket?.close()
  }
}

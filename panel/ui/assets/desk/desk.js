// The scoring page. Streamlit draws it once; from then on it talks to the server over a line of its own, so that moving
// needs no answer and a lost network stops nobody.
const END = '#end' // no question has such a key
const TYPING = 1000 // milliseconds after a keystroke within which a rating does not bring up the next question
const WRITING = 3000 // milliseconds after a keystroke within which the page does not follow the panel
const CALM = 700 // milliseconds after it moved by itself in which single keys do nothing
const GO_ON_AFTER = 600

class Desk extends Card {
  constructor (root, data, tellPython) {
    super(data)
    Object.assign(this, { root, tellPython, following: true, typedAt: 0, calmUntil: 0, toldSealedAt: 0 })
    this.take(data.state)
    this.memory = 'panel-place:' + data.scorecard
    const before = this.remembered()
    this.spent = before.spent || {}
    this.following = before.following ?? true
    this.place = data.items.some((each) => each.key === before.place) || before.place === END ? before.place : data.items[0]?.key ?? END
    this.head = new HeadView(this)
    this.stage = h('div', { class: 'desk-stage' })
    root.replaceChildren(h('div', { class: 'desk' }, this.head.element, this.head.below, this.stage, this.head.options))
    this.keys = (event) => this.onkey(event)
    document.addEventListener('keydown', this.keys, true)
    this.hide = () => { if (this.sealed) this.outbox.forget(); else this.outbox.flushAll() }
    window.addEventListener('pagehide', this.hide)
    this.seen = () => { if (document.visibilityState === 'hidden') this.hide() }
    document.addEventListener('visibilitychange', this.seen)
    this.leave = (event) => { if (!this.outbox.kept) event.preventDefault() }
    window.addEventListener('beforeunload', this.leave)
    this.timer = setInterval(() => this.tick(), 1000)
    this.draw()
    this.outbox.recover(true).then(() => { if (!this.ended) { this.connect(); this.refresh() } })
  }

  connect () {
    const address = location.protocol.replace('http', 'ws') + '//' + location.host + '/live?scorecard=' + encodeURIComponent(this.data.scorecard) + '&tab=' + this.outbox.tab
    this.line = new Line(address, {
      onopen: () => this.opened(),
      onlife: () => this.outbox.recover(),
      onpush: (message) => { if (message.state) this.pushed(message.state) },
      onlost: (why) => { this.refusal = why; this.refresh() }
    })
  }

  opened () {
    Object.assign(this, { refusal: '', anew: true })
    this.sayWhere()
    this.outbox.flushAll()
    this.outbox.recover()
    this.refresh()
  }

  pushed (state) {
    if (this.anew) Object.assign(this, { anew: false, stored: {}, version: 0 }) // another server may know less
    this.take(state)
  }

  sayWhere () { this.line?.say({ do: 'at', question: this.place === END ? '' : this.place }) }

  end () {
    this.ended = true
    this.outbox.end()
    setTimeout(() => this.line?.end(), 2000) // what is under way is answered first
    clearTimeout(this.goOnTimer)
    clearInterval(this.timer)
    document.removeEventListener('keydown', this.keys, true)
    document.removeEventListener('visibilitychange', this.seen)
    window.removeEventListener('pagehide', this.hide)
    window.removeEventListener('beforeunload', this.leave)
  }

  take (state) {
    const led = this.panel?.lead
    super.take(state)
    if (led && this.panel?.lead && led !== this.panel.lead && this.place !== END) this.following = true
    if (!this.view) return
    this.refresh()
    this.follow()
    if (this.unsentMove && this.leads()) this.bringPanel(this.place)
  }

  // `pressed` by pointer or finger: the page may have moved by itself under it.
  rate (item, level, pressed = false) {
    if (pressed && Date.now() < this.calmUntil) return
    this.view.closeReasons?.()
    this.answer(item, { outcome: 'rated', level, reason: '' })
    clearTimeout(this.goOnTimer)
    if (!this.preferences.go_on || this.panel?.lead) return
    this.goOnTimer = setTimeout(() => {
      const next = this.places()[this.places().indexOf(item.key) + 1]
      if (this.place === item.key && Date.now() - this.typedAt > TYPING) this.go(next, true)
    }, GO_ON_AFTER)
  }

  prefer (name, value) {
    this.preferences = { ...this.preferences, [name]: value }
    this.line?.request({ do: 'prefer', ...this.preferences }).catch(() => {})
    this.draw()
  }

  // ---- moving ----------------------------------------------------------------------------------------------------

  places () { return [...this.data.items.map((each) => each.key), END] }

  move (by) {
    const places = this.places()
    const next = places[places.indexOf(this.place) + by]
    if (next) this.go(next)
  }

  // `byItself`: nobody pressed anything, so for a moment keys and presses are not meant for what came up.
  go (place, byItself = false) {
    const wrote = document.activeElement === this.view?.note
    clearTimeout(this.goOnTimer)
    this.outbox.flush(this.place === END ? CLOSING : this.place)
    this.place = place
    if (!byItself) {
      this.following = place === this.panel?.question || !this.panel?.lead
      if (this.leads() && place !== END) this.bringPanel(place)
    }
    this.calmUntil = byItself ? Date.now() + CALM : 0
    this.remember()
    this.sayWhere()
    this.draw()
    if (wrote && this.view.note) this.view.note.focus() // whoever writes goes on writing, and no letter becomes a key
    else this.view.prompt.focus({ preventScroll: true })
    if (this.root.getBoundingClientRect().top < 0) this.root.scrollIntoView({ block: 'start' })
  }

  bringPanel (place) {
    this.unsentMove = false
    if (place === END || place === this.panel?.question && !this.line?.waiting.size) return
    const failed = () => { this.unsentMove = true }
    const moved = (answer) => { if (answer.panel) this.take({ ...this.asState(), panel: answer.panel }) } // a page is not pushed its own change
    if (this.line) this.line.request({ do: 'move', question: place }).then(moved, failed)
    else failed()
  }

  leads () { return this.panel?.lead === this.data.me }

  follow () {
    const led = this.panel?.lead && !this.leads()
    if (!led || !this.following || !this.panel.question || this.panel.question === this.place) return
    const wait = this.typedAt + WRITING - Date.now()
    clearTimeout(this.followTimer)
    if (wait > 0) this.followTimer = setTimeout(() => this.follow(), wait)
    else if (this.place !== END) this.go(this.panel.question, true)
  }

  remembered () { try { return JSON.parse(sessionStorage.getItem(this.memory)) || {} } catch { return {} } }

  remember () { try { sessionStorage.setItem(this.memory, JSON.stringify({ place: this.place, spent: this.spent, following: this.following })) } catch { /* a reload begins at the first question */ } }

  // ---- drawing ---------------------------------------------------------------------------------------------------

  draw () {
    const item = this.data.items.find((each) => each.key === this.place)
    this.view = item ? new QuestionView(this, item) : new SummaryView(this)
    this.stage.replaceChildren(this.view.element)
    this.refresh()
    this.tick()
  }

  refresh () {
    if (!this.view) return
    this.view.refresh()
    this.head.refresh()
  }

  steps () {
    const at = this.places().indexOf(this.place)
    const last = this.place === END
    return h('div', { class: 'desk-steps' },
      button('Previous', () => this.move(-1), { disabled: at === 0, 'aria-keyshortcuts': 'Control+ArrowLeft' }),
      last ? null : button(at === this.data.items.length - 1 ? 'To the end' : 'Next', () => this.move(1), { 'aria-keyshortcuts': 'Control+ArrowRight' }))
  }

  now () { return Date.now() }

  // Python draws the sealed scorecard; while its own connection is away it does not hear of it.
  showSealed () {
    if (Date.now() - this.toldSealedAt < 3000) return
    this.toldSealedAt = Date.now()
    document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0)
    this.tellPython('sealed', this.toldSealedAt)
  }

  intoInterview () { return minutesAndSeconds(Math.max(this.now() - span(this.data, this.panel).starts, 0)) }

  tick () {
    if (this.sealed && this.outbox.isEmpty) this.showSealed()
    const between = span(this.data, this.panel)
    if (this.place !== END && document.visibilityState === 'visible' && isRunning(between, this.now())) {
      this.spent[this.place] = (this.spent[this.place] || 0) + 1000
      this.remember()
    }
    this.view.tickClock()
    this.head.tickClock(between)
  }

  // ---- keys ------------------------------------------------------------------------------------------------------

  onkey (event) {
    if (event.isComposing || event.defaultPrevented || document.querySelector('[role="dialog"]')) return
    const target = event.target
    const writes = target.matches?.('textarea, [contenteditable="true"], input:not([type="checkbox"], [type="radio"])')
    const done = () => { event.preventDefault(); event.stopPropagation() }
    const arrow = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (event.ctrlKey && arrow && !event.altKey && !event.shiftKey && !event.metaKey) { done(); this.move(arrow); return }
    if (writes) {
      if (event.key === 'Escape' && this.root.contains(target)) { done(); this.view.prompt.focus({ preventScroll: true }) }
      const mark = event.altKey && !event.ctrlKey && MARKS.find((each) => each[2] === event.code)
      if (mark && target === this.view.note) { done(); this.view.mark(mark[1]) }
      return
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || this.place === END || Date.now() < this.calmUntil) return
    const item = this.view.item
    if (this.view.reasons.hasChildNodes()) {
      if (event.key === 'Escape') { done(); this.view.closeReasons(); return }
      if (this.view.reasonKey(event.key)) { done(); return }
    }
    const level = item.levels.find((each) => String(each.level) === event.key)
    const does = level ? () => this.rate(item, level.level) : {
      n: () => this.view.askReason(),
      u: () => this.view.others.unable.click(),
      o: () => this.view.reworded.box.click(),
      e: () => this.view.note.focus(),
      b: () => this.head.backToPanel()
    }[event.key]
    if (does) { done(); does() }
  }
}

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector('.desk-root')
  if (root.desk && root.desk.data.scorecard !== data.scorecard) { root.desk.end(); root.desk = null }
  root.desk ??= new Desk(root, data, setTriggerValue)
  clearTimeout(root.leaving)
  return () => { root.leaving = setTimeout(() => { root.desk?.end(); root.desk = null }, 1000) }
}

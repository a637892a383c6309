// The scoring page. Streamlit draws it once; from then on it talks to the server over a line of its own, so that moving
// needs no answer and a lost network stops nobody.
const END = '#end' // no question has such a key
const LATE = 5000 // milliseconds after which something unsaved is called so
const TYPING = 1000 // milliseconds after a keystroke within which the page does not move by itself
const CALM = 700 // milliseconds after it moved by itself in which single keys do nothing
const GO_ON_AFTER = 600
const OPEN = { outcome: 'open', level: null, reason: '', note: '', probes: [], reworded: false, version: 0, at: 0 }

const flat = (change) => change?.answer ? { ...change, ...change.answer, answer: undefined } : change
const answerOf = ({ outcome, level, reason }) => ({ outcome, level, reason })

class Desk {
  constructor (root, data, tellPython) {
    Object.assign(this, { root, data, tellPython, stored: {}, conflicts: {}, spent: {}, panel: null, handovers: [], following: true, typedAt: 0, calmUntil: 0, lateSince: 0, lastSaved: 0, trouble: '' })
    this.preferences = data.preferences
    this.take(data.state)
    this.outbox = new Outbox(data.scorecard, { send: (place, entry) => this.send(place, entry), onchange: () => this.refresh() })
    this.memory = 'panel-place:' + data.scorecard
    const before = this.remembered()
    this.spent = before.spent || {}
    this.place = data.items.some((each) => each.key === before.place) || before.place === END ? before.place : data.items[0]?.key ?? END
    this.head = new HeadView(this)
    this.stage = h('div', { class: 'desk-stage' })
    root.replaceChildren(h('div', { class: 'desk' }, this.head.element, this.head.below, this.stage, this.head.options))
    this.keys = (event) => this.onkey(event)
    document.addEventListener('keydown', this.keys, true)
    this.hide = () => this.outbox.flushAll()
    window.addEventListener('pagehide', this.hide)
    this.seen = () => { if (document.visibilityState === 'hidden') this.hide() }
    document.addEventListener('visibilitychange', this.seen)
    this.leave = (event) => { if (!this.outbox.kept) event.preventDefault() }
    window.addEventListener('beforeunload', this.leave)
    this.timer = setInterval(() => this.tick(), 1000)
    this.draw()
    this.outbox.recover(() => { this.connect(); this.draw() })
  }

  connect () {
    const address = location.protocol.replace('http', 'ws') + '//' + location.host + '/live?scorecard=' + encodeURIComponent(this.data.scorecard) + '&tab=' + this.outbox.tab
    this.line = new Line(address, {
      onopen: () => { this.line.say({ do: 'at', question: this.place === END ? '' : this.place }); this.outbox.flushAll(); this.refresh() },
      onpush: (message) => { if (message.state) this.take(message.state) },
      onlost: () => this.refresh()
    })
  }

  end () {
    this.outbox.end()
    this.line?.end()
    clearInterval(this.timer)
    document.removeEventListener('keydown', this.keys, true)
    document.removeEventListener('visibilitychange', this.seen)
    window.removeEventListener('pagehide', this.hide)
    window.removeEventListener('beforeunload', this.leave)
  }

  // ---- what is stored, and what is shown -------------------------------------------------------------------------

  take (state) {
    const led = this.panel?.lead
    for (const [key, rating] of Object.entries(state.ratings)) this.store(key, rating)
    this.closing = state.closing
    this.panel = state.panel
    this.handovers = state.handovers
    this.handover = state.handover
    this.cancelled = state.cancelled
    if (state.submitted && !this.sealed) this.seal()
    if (led !== this.panel?.lead) this.following = true
    if (!this.view) return
    this.refresh()
    this.follow()
  }

  asState () {
    return { ratings: {}, closing: this.closing, submitted: false, cancelled: this.cancelled, panel: this.panel, handovers: this.handovers, handover: this.handover }
  }

  store (key, rating) {
    if (rating.version >= (this.stored[key]?.version ?? 0)) this.stored[key] = rating
    this.lastSaved = Math.max(this.lastSaved, rating.at || 0)
  }

  ratingOf (key) { return { ...OPEN, ...this.stored[key], ...flat(this.outbox?.entries[key]?.change) } }

  closingNow () { return { ...this.closing, ...this.outbox.entries[CLOSING]?.change } }

  outcomeWords (item, rating) {
    if (rating.outcome === 'rated') return rating.level + ' ' + (item.levels.find((each) => each.level === rating.level)?.label ?? '')
    const reason = rating.outcome === 'not_asked' && wordsOf(this.data.reasons, rating.reason)
    return this.data.outcomes[rating.outcome] + (reason ? ': ' + reason.toLowerCase() : '')
  }

  // What a question still needs before submission, as the server will say it.
  lacking (item, rating) {
    if (rating.outcome === 'open') return 'no answer yet'
    if (rating.outcome === 'not_asked' && !rating.reason) return 'say why it was not asked'
    const atAnEnd = rating.level === item.levels[0].level || rating.level === item.levels.at(-1).level
    return atAnEnd && !/\p{L}/u.test(rating.note) ? 'the lowest or highest level needs evidence: note what you heard' : ''
  }

  missing () {
    const found = this.data.items.flatMap((item) => {
      const lacks = this.lacking(item, this.ratingOf(item.key))
      return lacks ? ['Question ' + item.number + ': ' + lacks + '.'] : []
    })
    const closing = this.closingNow()
    if (!closing.recommendation) found.push('Choose a recommendation.')
    if (!closing.confidence) found.push('Say how sure you are.')
    return found
  }

  answered () { return this.data.items.filter((item) => this.ratingOf(item.key).outcome !== 'open').length }

  // ---- changes ---------------------------------------------------------------------------------------------------

  change (item, change, wait = 0) {
    this.outbox.change(item.key, this.stored[item.key]?.version ?? 0, change, wait)
  }

  changeClosing (change, wait = 0) { this.outbox.change(CLOSING, this.closing, change, wait) }

  // Outcome, level and reason are one thing, which changes as a whole.
  answer (item, answer) { this.change(item, { answer }) }

  rate (item, level) {
    this.view.closeReasons?.()
    this.answer(item, { outcome: 'rated', level, reason: '' })
    if (this.preferences.go_on && !this.panel?.lead) setTimeout(() => { if (this.place === item.key && Date.now() - this.typedAt > TYPING) this.move(1) }, GO_ON_AFTER)
  }

  async send (place, entry) {
    if (!this.line) throw LOST
    const isClosing = place === CLOSING
    const answer = await this.line.request(isClosing
      ? { do: 'close', seen: entry.seen, new: { ...entry.seen, ...entry.change } }
      : { do: 'save', question: place, seen: entry.seen, change: flat(entry.change) })
    if (answer.ok) {
      this.trouble = ''
      this.lastSaved = Date.now()
      if (isClosing) { this.closing = answer.closing; return answer.closing }
      this.store(place, answer.rating)
      return answer.rating.version
    }
    if (answer.kind === 'stale') this.disagree(place, entry, isClosing ? answer.closing : answer.rating)
    else if (answer.kind !== 'storage' && answer.kind !== 'unexpected') this.outbox.hold(place)
    if (answer.kind !== 'stale') this.trouble = answer.sentence
    throw LOST
  }

  // Two tabs changed the same thing: the newer is stored, this one's stays in view until its writer decides.
  disagree (place, entry, theirs) {
    if (place === CLOSING) this.closing = theirs
    else this.store(place, theirs)
    const change = this.outbox.entries[place]?.change ?? {}
    for (const name of ['probes', 'reworded']) delete change[name] // ticks: the newer hold
    const stored = { ...theirs, answer: answerOf(theirs) }
    for (const name of Object.keys(change)) if (same(change[name], stored[name])) delete change[name]
    if (!Object.keys(change).length) { this.settle(place, {}); return }
    this.conflicts[place] = theirs
    this.outbox.hold(place, true)
  }

  settle (place, change) {
    const theirs = this.conflicts[place] ?? this.stored[place]
    delete this.conflicts[place]
    this.outbox.settle(place, place === CLOSING ? this.closing : this.stored[place]?.version ?? theirs?.version ?? 0, change)
  }

  async submit () {
    if (!this.line?.open) return 'Not submitted: there is no connection. Everything is kept here; submit when it is back.'
    this.outbox.flushAll()
    for (let tries = 0; tries < 40 && !this.outbox.isEmpty; tries++) await new Promise((resolve) => setTimeout(resolve, 100))
    if (!this.outbox.isEmpty) return 'Not submitted: not everything is saved yet. Look at what the top of the page says.'
    try {
      const answer = await this.line.request({ do: 'submit', seen: this.closing })
      if (!answer.ok) return answer.sentence
      this.seal()
      return ''
    } catch { return 'The connection was lost while submitting. When it is back the page says whether it was submitted.' }
  }

  seal () {
    this.sealed = true
    if (this.outbox && !this.outbox.isEmpty) { this.trouble = 'This scorecard was submitted in another tab. What you changed here since was not saved; copy what you need, then reload.'; return }
    this.tellPython('sealed', Date.now())
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

  go (place, byPanel = false) {
    const wrote = document.activeElement === this.view?.note
    this.outbox.flush(this.place === END ? CLOSING : this.place)
    this.place = place
    this.remember()
    this.line?.say({ do: 'at', question: place === END ? '' : place })
    if (!byPanel) {
      this.calmUntil = 0
      this.following = place === this.panel?.question || !this.panel?.lead
      if (this.leads() && place !== END) this.line?.request({ do: 'move', question: place }).catch(() => {})
    } else this.calmUntil = Date.now() + CALM
    this.draw()
    if (wrote && this.view.note && !byPanel) this.view.note.focus()
    else this.view.prompt.focus({ preventScroll: true })
    if (this.root.getBoundingClientRect().top < 0) this.root.scrollIntoView({ block: 'start' })
  }

  leads () { return this.panel?.lead === this.data.me }

  follow () {
    const led = this.panel?.lead && !this.leads()
    if (!led || !this.following || !this.panel.question || this.panel.question === this.place) return
    const wait = this.typedAt + TYPING - Date.now()
    clearTimeout(this.followTimer)
    if (wait > 0) this.followTimer = setTimeout(() => this.follow(), wait)
    else this.go(this.panel.question, true)
  }

  remembered () { try { return JSON.parse(sessionStorage.getItem(this.memory)) || {} } catch { return {} } }

  remember () { try { sessionStorage.setItem(this.memory, JSON.stringify({ place: this.place, spent: this.spent })) } catch { /* a reload begins at the first question */ } }

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
    this.lateSince = this.outbox.isEmpty ? 0 : this.lateSince || Date.now()
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

  intoInterview () { return minutesAndSeconds(Math.max(this.now() - span(this.data, this.panel).starts, 0)) }

  tick () {
    const between = span(this.data, this.panel)
    if (this.place !== END && document.visibilityState === 'visible' && isRunning(between, this.now())) {
      this.spent[this.place] = (this.spent[this.place] || 0) + 1000
      this.remember()
    }
    this.view.tickClock()
    this.head.tickClock(between)
  }

  savedWords () {
    if (this.trouble) return [this.trouble, true]
    if (this.cancelled) return ['This interview was cancelled. Your manager can tell you why.', true]
    if (Object.keys(this.conflicts).length) return ['Changed in another tab: choose which to keep', true]
    if (!this.outbox.isEmpty) {
      if (this.line?.open && Date.now() - this.lateSince < LATE) return ['Saving', false]
      return [this.outbox.kept ? 'Not saved yet: kept in this browser, trying again' : 'Not saved yet: keep this page open, trying again', true]
    }
    if (this.line && !this.line.open) return ['No connection. Go on: it is kept here and sent when it is back', true]
    return [this.lastSaved ? 'Saved ' + clockTime(this.lastSaved) : 'Nothing to save yet', false]
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

// A scorecard as this page knows it: what is stored, what was changed here, and how the two come together.
const LATE = 5000 // milliseconds after which something unsaved is called so
const OPEN = { outcome: 'open', level: null, reason: '', note: '', probes: [], reworded: false, version: 0, at: 0 }
const TICKS = ['probes', 'reworded']
const ticksOf = (change) => Object.fromEntries(Object.entries(change).filter(([name]) => TICKS.includes(name)))
const flat = (change) => change?.answer ? { ...change, ...change.answer, answer: undefined } : change
const answerOf = ({ outcome, level, reason }) => ({ outcome, level, reason })

class Card {
  constructor (data) {
    Object.assign(this, { data, stored: {}, conflicts: {}, panel: null, handovers: [], lastSaved: 0, trouble: '', refusal: '' })
    this.preferences = data.preferences
    this.outbox = new Outbox(data.scorecard, { send: (place, entry) => this.send(place, entry), onchange: () => this.refresh() })
  }

  take (state) {
    if (state.starts) Object.assign(this.data, { starts: state.starts, minutes: state.minutes })
    for (const [key, rating] of Object.entries(state.ratings)) this.store(key, rating)
    this.storeClosing(state)
    this.panel = state.panel
    this.handovers = state.handovers
    this.handover = state.handover
    this.cancelled = state.cancelled
    if (state.submitted && !this.sealed) this.seal()
  }

  asState () {
    return { ratings: {}, closing: this.closing, version: this.version, submitted: false, cancelled: this.cancelled, panel: this.panel, handovers: this.handovers, handover: this.handover }
  }

  // A state that was read before an answer may arrive after it.
  storeClosing ({ closing, version }) { if (version >= (this.version ?? 0)) Object.assign(this, { closing, version }) }

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

  async send (place, entry) {
    if (!this.line) throw LOST
    const isClosing = place === CLOSING
    const answer = await this.line.request(isClosing
      ? { do: 'close', seen: entry.seen, new: { ...entry.seen, ...entry.change } }
      : { do: 'save', question: place, seen: entry.seen, change: flat(entry.change) })
    if (answer.ok) {
      this.trouble = ''
      this.lastSaved = Date.now()
      if (isClosing) { this.storeClosing(answer); return answer.closing }
      this.store(place, answer.rating)
      return answer.rating.version
    }
    if (answer.kind === 'stale') this.disagree(place, entry, answer)
    else if (answer.kind === 'storage' || answer.kind === 'unexpected') this.trouble = answer.sentence
    else this.outbox.hold(place, { refusal: answer.sentence })
    throw LOST
  }

  // Two tabs changed the same thing: the newer is stored, this one's stays in view until its writer decides.
  disagree (place, entry, answer) {
    const theirs = place === CLOSING ? answer.closing : answer.rating ?? OPEN
    const before = this.stored[place] ?? OPEN
    if (place === CLOSING) this.storeClosing(answer)
    else this.store(place, theirs)
    const change = this.outbox.entries[place]?.change ?? {}
    for (const name of TICKS) if (!same(before[name], theirs[name])) delete change[name] // both ticked: the newer holds
    const stored = { ...theirs, answer: answerOf(theirs) }
    for (const name of Object.keys(change)) if (same(change[name], stored[name])) delete change[name]
    if (Object.keys(change).every((name) => TICKS.includes(name))) { this.settle(place, change); return }
    this.conflicts[place] = theirs
    this.outbox.hold(place, { conflict: true })
  }

  settle (place, change) {
    const theirs = this.conflicts[place] ?? this.stored[place]
    delete this.conflicts[place]
    this.outbox.settle(place, place === CLOSING ? this.closing : this.stored[place]?.version ?? theirs?.version ?? 0, change)
  }

  async submit () {
    if (!this.line?.open) return 'Not submitted: there is no connection. Everything is kept here; submit when it is back.'
    await this.outbox.recover()
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
    if (this.outbox && !this.outbox.isEmpty) this.trouble = 'This scorecard was submitted in another tab. What you changed here since was not saved; copy what you need, then reload.'
    else this.showSealed()
  }

  // What the server refuses to save as it is, by place.
  refused () { return Object.keys(this.outbox.entries).filter((place) => this.outbox.entries[place].held && this.outbox.entries[place].refusal) }

  savedWords () {
    const refused = this.outbox.entries[this.refused()[0]]
    if (refused || this.trouble) return [refused?.refusal ?? this.trouble, true]
    if (this.cancelled) return ['This interview was cancelled. Your manager can tell you why.', true]
    if (Object.keys(this.conflicts).length) return ['Changed in another tab: choose which to keep', true]
    if (!this.outbox.isEmpty && !this.refusal) {
      if (!this.line?.isDown && Date.now() - this.outbox.waitsSince < LATE) return ['Saving', false]
      if (this.outbox.waitsSince === Infinity && !this.line?.isDown) return ['Saving', false]
      if (!this.outbox.kept) return ['Not saved yet: keep this page open, trying again', true]
      return [this.line?.isDown ? 'No connection. Go on: what is not saved is kept in this browser and sent when it is back' : 'Not saved yet: kept in this browser, trying again', true]
    }
    if (this.refusal) return [this.refusal, true]
    if (this.line?.isDown) return ['No connection. Go on: it is kept here and sent when it is back', true]
    return [this.lastSaved ? 'Saved ' + clockTime(this.lastSaved) : 'Nothing to save yet', false]
  }
}

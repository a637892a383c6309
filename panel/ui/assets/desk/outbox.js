// What was changed here and is not known to be in the database. It stands in the browser's storage until it is, so that a
// closed tab, a dead battery or a lost network loses nothing. One request for a place is under way at a time; what is
// typed meanwhile goes with the next.
const CLOSING = '#closing' // no question has such a key
const PASSING = new Set(['held', 'conflict', 'refusal', 'first', 'asked']) // of an entry: not worth keeping
const AGAIN_AFTER = 3000 // milliseconds after a refusal that may pass
const AT_THE_LATEST = 2000 // milliseconds after the first key that was not sent
const ANSWERED_WITHIN = 200 // milliseconds within which another tab says that it is open

class Outbox {
  constructor (scorecard, told) {
    this.prefix = 'panel-desk:' + scorecard + ':'
    this.told = told // send(place, entry) -> promise of what is stored then; onchange()
    this.timers = {}
    this.underway = {}
    this.kept = true
    this.name = newTab()
    this.tab = sessionStorageItem('panel-tab') || newTab()
    this.entries = read(this.prefix + this.tab) // at once: what is typed in the first moment must not take its place
    this.channel = 'BroadcastChannel' in window ? new BroadcastChannel(this.prefix) : null
    this.open = new Set()
    if (this.channel) this.channel.onmessage = ({ data }) => this.hear(data)
  }

  hear ({ ask, from, open, by }) {
    if (ask && from !== this.name) this.channel.postMessage({ open: this.tab, by: this.name })
    if (open && by !== this.name) this.open.add(open)
  }

  // Takes over what tabs that are no longer open could not send. `first` gives a copied tab a name of its own: it has
  // that of the one it was copied from.
  recover (first = false) {
    this.open.clear()
    this.channel?.postMessage({ ask: true, from: this.name })
    return new Promise((resolve) => setTimeout(() => {
      if (first && this.open.has(this.tab)) this.tab = newTab()
      if (first) try { sessionStorage.setItem('panel-tab', this.tab) } catch { /* storage is switched off */ }
      for (const slot of this.slots()) {
        const tab = slot.slice(this.prefix.length)
        if (tab !== this.tab && !this.open.has(tab)) this.adopt(slot)
      }
      this.keep()
      this.told.onchange()
      resolve()
    }, this.channel ? ANSWERED_WITHIN : 0))
  }

  // What says something else than this tab about the same thing stays in its place until this tab's is saved.
  adopt (slot) {
    const left = {}
    for (const [place, theirs] of Object.entries(read(slot))) {
      const mine = this.entries[place]
      if (!mine) this.entries[place] = theirs
      else if (same(mine.change, theirs.change)) continue
      else if (typeof mine.seen === 'number' && !Object.keys(theirs.change).some((name) => name in mine.change)) {
        Object.assign(mine.change, theirs.change)
        mine.seen = Math.min(mine.seen, theirs.seen) // the server sees more changes since, never fewer
      } else left[place] = theirs
    }
    this.keep()
    try {
      if (Object.keys(left).length) localStorage.setItem(slot, JSON.stringify(left))
      else localStorage.removeItem(slot)
    } catch { /* it stays as it was */ }
    this.flushAll()
  }

  slots () {
    try { return Object.keys(localStorage).filter((each) => each.startsWith(this.prefix)) } catch { return [] }
  }

  // `seen` is what this page showed before; a change that waits already keeps what it was made on.
  change (place, seen, change, wait = 0) {
    const entry = this.entries[place] ??= { seen, change: {} }
    Object.assign(entry.change, change)
    entry.first ??= Date.now()
    if (!entry.conflict) Object.assign(entry, { held: false, refusal: undefined })
    this.keep()
    this.later(place, Math.max(Math.min(wait, entry.first + AT_THE_LATEST - Date.now()), 0))
    this.told.onchange()
  }

  later (place, wait) {
    clearTimeout(this.timers[place])
    if (!this.ended) this.timers[place] = setTimeout(() => this.flush(place), wait)
  }

  flush (place) {
    clearTimeout(this.timers[place])
    delete this.timers[place]
    const entry = this.entries[place]
    if (!entry || entry.held || this.underway[place]) return
    this.underway[place] = true
    entry.asked ??= Date.now()
    delete entry.first
    const sent = structuredClone(entry)
    this.told.send(place, sent).then((seen) => this.answered(place, sent, seen), () => this.unanswered(place))
  }

  flushAll () { for (const place of Object.keys(this.entries)) this.flush(place) }

  // `seen` is the stored state after the answer; what was changed since goes on from there.
  answered (place, sent, seen) {
    delete this.underway[place]
    const entry = this.entries[place]
    if (entry) {
      delete entry.asked
      for (const name of Object.keys(sent.change)) if (same(entry.change[name], sent.change[name])) delete entry.change[name]
      if (!Object.keys(entry.change).length) delete this.entries[place]
      else { entry.seen = seen; if (!this.timers[place]) this.flush(place) }
    }
    this.keep()
    this.told.onchange()
  }

  unanswered (place) {
    delete this.underway[place]
    if (this.entries[place] && !this.entries[place].held) this.later(place, AGAIN_AFTER)
    this.told.onchange()
  }

  // Keeps a change here until its writer decides (a conflict) or changes it (a refusal).
  hold (place, why) { Object.assign(this.entries[place] ?? {}, { held: true, ...why }) }

  settle (place, seen, change) {
    if (Object.keys(change).length) this.entries[place] = { seen, change }
    else delete this.entries[place]
    this.keep()
    this.flush(place)
    this.told.onchange()
  }

  get isEmpty () { return !Object.keys(this.entries).length }

  // Since when the oldest request waits for its answer, or Infinity.
  get waitsSince () { return Math.min(...Object.values(this.entries).map((each) => each.held ? Infinity : each.asked ?? Infinity)) }

  keep () {
    const slot = this.prefix + this.tab
    try {
      if (this.isEmpty) localStorage.removeItem(slot)
      else localStorage.setItem(slot, JSON.stringify(this.entries, (name, value) => PASSING.has(name) ? undefined : value))
      this.kept = true
    } catch { this.kept = this.isEmpty }
  }

  forget () { this.entries = {}; this.keep() }

  end () { this.flushAll(); this.ended = true; this.channel?.close() }
}

const newTab = () => Math.random().toString(36).slice(2, 12)
const sessionStorageItem = (name) => { try { return sessionStorage.getItem(name) } catch { return null } }
const read = (slot) => {
  try { return Object.fromEntries(Object.entries(JSON.parse(localStorage.getItem(slot)) || {}).filter(([, entry]) => entry?.change)) } catch { return {} }
}

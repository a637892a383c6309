// What was changed here and is not known to be in the database. It stands in the browser's storage until it is, so that a
// closed tab, a dead battery or a lost network loses nothing. One request for a place is under way at a time; what is
// typed meanwhile goes with the next.
const CLOSING = '#closing' // no question has such a key
const PASSING = new Set(['held', 'conflict', 'refusal']) // of an entry: the server says them again
const AGAIN_AFTER = 3000 // milliseconds after a refusal that may pass
const ANSWERED_WITHIN = 200 // milliseconds within which another tab says that it is open

class Outbox {
  constructor (scorecard, told) {
    this.prefix = 'panel-desk:' + scorecard + ':'
    this.told = told // send(place, entry) -> promise of true when it may be forgotten; onchange()
    this.entries = {}
    this.timers = {}
    this.underway = {}
    this.kept = true
    this.tab = sessionStorageItem('panel-tab') || newTab()
    this.channel = 'BroadcastChannel' in window ? new BroadcastChannel(this.prefix) : null
  }

  // Takes over what this tab, or a tab that is no longer open, could not send. Calls `ready` once it is known.
  recover (ready) {
    const open = new Set()
    this.name = newTab()
    if (this.channel) {
      this.channel.onmessage = ({ data }) => {
        if (data.ask && data.from !== this.name) this.channel.postMessage({ open: this.tab, by: this.name })
        if (data.open && data.by !== this.name) open.add(data.open)
      }
      this.channel.postMessage({ ask: true, from: this.name })
    }
    setTimeout(() => {
      if (open.has(this.tab)) this.tab = newTab() // a copied tab has the name of the one it was copied from
      try { sessionStorage.setItem('panel-tab', this.tab) } catch { /* storage is switched off */ }
      for (const slot of this.slots()) {
        const tab = slot.slice(this.prefix.length)
        if (tab !== this.tab && open.has(tab)) continue
        for (const [place, entry] of Object.entries(read(slot))) if (entry?.change) this.entries[place] ??= entry
        if (tab !== this.tab) localStorage.removeItem(slot)
      }
      this.keep()
      ready()
    }, this.channel ? ANSWERED_WITHIN : 0)
  }

  slots () {
    try { return Object.keys(localStorage).filter((each) => each.startsWith(this.prefix)) } catch { return [] }
  }

  // `seen` is what this page showed before; a change that waits already keeps what it was made on.
  change (place, seen, change, wait = 0) {
    const entry = this.entries[place] ??= { seen, change: {} }
    Object.assign(entry.change, change)
    if (!entry.conflict) Object.assign(entry, { held: false, refusal: undefined })
    this.keep()
    this.later(place, wait)
    this.told.onchange()
  }

  later (place, wait) {
    clearTimeout(this.timers[place])
    this.timers[place] = setTimeout(() => this.flush(place), wait)
  }

  flush (place) {
    clearTimeout(this.timers[place])
    delete this.timers[place]
    const entry = this.entries[place]
    if (!entry || entry.held || this.underway[place]) return
    this.underway[place] = true
    const sent = structuredClone(entry)
    this.told.send(place, sent).then((seen) => this.answered(place, sent, seen), () => this.unanswered(place))
  }

  flushAll () { for (const place of Object.keys(this.entries)) this.flush(place) }

  // `seen` is the stored state after the answer; what was changed since goes on from there.
  answered (place, sent, seen) {
    delete this.underway[place]
    const entry = this.entries[place]
    if (entry) {
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

  keep () {
    const slot = this.prefix + this.tab
    try {
      if (this.isEmpty) localStorage.removeItem(slot)
      else localStorage.setItem(slot, JSON.stringify(this.entries, (name, value) => PASSING.has(name) ? undefined : value))
      this.kept = true
    } catch { this.kept = this.isEmpty }
  }

  end () { this.flushAll(); this.channel?.close() }
}

const newTab = () => Math.random().toString(36).slice(2, 12)
const sessionStorageItem = (name) => { try { return sessionStorage.getItem(name) } catch { return null } }
const read = (slot) => { try { return JSON.parse(localStorage.getItem(slot)) || {} } catch { return {} } }

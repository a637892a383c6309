// Minutes of the interview and of a question. Times are milliseconds.
const MINUTE = 60000
const pad = (number) => String(number).padStart(2, '0')
const minutesAndSeconds = (time) => Math.floor(time / MINUTE) + ':' + pad(Math.floor(time / 1000) % 60)
const clockTime = (at) => new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit' })
const shortTime = (at) => new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
const inMinutes = (number) => number + (number === 1 ? ' minute' : ' minutes')

// The interview's own time: from when its clock was started, else from when it was to begin.
const span = (data, panel) => {
  const starts = panel?.started ?? data.starts
  return { starts, ends: starts + data.minutes * MINUTE, started: Boolean(panel?.started) }
}

const timeLeft = ({ starts, ends, started }, now) => {
  if (!started && (now < starts - 60 * MINUTE || now > ends + 60 * MINUTE)) return ''
  if (now < starts) return 'starts in ' + inMinutes(Math.ceil((starts - now) / MINUTE))
  const left = ends - now
  return left >= 0 ? minutesAndSeconds(left) + ' left' : Math.ceil(-left / MINUTE) + ' min over'
}

const isRunning = ({ starts, ends, started }, now) => now >= starts && now < ends + (started ? 30 * MINUTE : 0)

// What to leave out so that the rest fits, in the order in which it can be let go.
const toLetGo = (data, isOpen, spent, here, between, now) => {
  if (!isRunning(between, now)) return { short: 0, keys: [] }
  const minutes = (item) => item.minutes * MINUTE - (item.key === here ? Math.min(spent[here] || 0, item.minutes * MINUTE) : 0)
  const open = data.items.filter((item) => isOpen(item.key))
  const left = Math.max(between.ends - data.candidateMinutes * MINUTE - now, 0)
  let short = open.reduce((sum, item) => sum + minutes(item), 0) - left
  const all = short
  const keys = []
  for (const key of data.letGo) {
    if (short <= 0) break
    const item = open.find((each) => each.key === key)
    if (!item || key === here) continue
    keys.push(key)
    short -= minutes(item)
  }
  return { short: all, keys }
}

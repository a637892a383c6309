// What the board says. Times are milliseconds; `clock` writes one as the reader's time of day.
const MINUTE = 60000
const counted = (number, one, many = one + 's') => number.toLocaleString('en') + ' ' + (number === 1 ? one : many)
const listed = (parts) => parts.length < 2 ? parts.join('') : parts.slice(0, -1).join(', ') + ' and ' + parts.at(-1)

const clockOf = (data) => {
  const form = new Intl.DateTimeFormat(data.twelveHours ? 'en-US' : 'en-GB', { hour: data.twelveHours ? 'numeric' : '2-digit', minute: '2-digit', timeZone: data.zone })
  return (at) => form.format(at).replace(/\u202f?([AP]M)$/, (_, half) => ' ' + half.toLowerCase()).replace('  ', ' ')
}
const dayOf = (data) => {
  const form = new Intl.DateTimeFormat(data.twelveHours ? 'en-US' : 'en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone: data.zone })
  return (at) => form.format(at).replaceAll(',', '')
}

const duration = (time) => {
  const minutes = Math.max(Math.round(time / MINUTE), 0)
  return minutes < 120 ? counted(minutes, 'minute') : counted(Math.round(minutes / 60), 'hour')
}

const allIn = (sitting) => sitting.people.filter((each) => !each.shadow).every((each) => each.submitted)
const isOver = (sitting, now) => now > sitting.ends && (sitting.phase === 'running' || sitting.phase === 'past_end')

// Where an interview stands, and how long.
const standing = (sitting, now, clock) => {
  if (sitting.phase === 'ahead') return now < sitting.starts ? 'In ' + duration(sitting.starts - now) : 'About to begin'
  if (sitting.phase === 'due') return 'Was to begin at ' + clock(sitting.starts) + '; nobody has it open'
  if (isOver(sitting, now)) return duration(now - sitting.ends) + ' over its time'
  if (sitting.phase === 'running') return 'Running since ' + clock(sitting.starts) + ', ' + duration(sitting.ends - now) + ' left'
  if (allIn(sitting)) return 'All submitted'
  const waits = sitting.people.filter((each) => !each.shadow && !each.submitted).length
  return 'Ended, ' + counted(waits, 'scorecard') + ' open'
}

const atQuestion = ({ number, prompt }) => number === null ? '' : 'Question ' + number + ': ' + prompt

const panelWords = (sitting) => {
  if (!sitting.lead || sitting.phase === 'ended') return ''
  return sitting.lead + ' leads' + (sitting.number === null ? '' : ', question ' + sitting.number + ': ' + sitting.prompt)
}

const where = (person, sitting) => {
  if (person.submitted) return ''
  if (person.here) return atQuestion(person) || 'Here'
  return sitting.phase === 'ahead' || sitting.phase === 'ended' ? '' : 'Not here'
}

const progress = (person) => person.answered + ' of ' + person.questions + ' answered'

const notBegun = (person, sitting) => sitting.phase === 'ahead' && !person.answered && !person.notes && !person.submitted

const scorecardWords = (person, clock) => {
  if (person.submitted) return 'Submitted at ' + clock(person.submitted)
  if (person.overdue) return 'Overdue since ' + clock(person.overdue)
  if (person.notes === null) return 'Not submitted'
  return person.notes ? 'Notes' : 'No notes'
}

// One sentence about the whole day.
const daySentence = (board, now) => {
  if (!board.sittings.length) return ''
  const number = (...phases) => board.sittings.filter((each) => phases.includes(each.phase)).length
  const overdue = board.sittings.flatMap((each) => each.people).filter((each) => each.overdue).length
  const parts = [[number('running', 'past_end'), 'running'], [number('due'), 'not begun'], [number('ahead'), 'to come'], [number('ended'), 'ended']]
  const said = parts.filter(([many]) => many).map(([many, words]) => many + ' ' + words)
  const late = overdue ? ' ' + counted(overdue, 'scorecard') + ' of today ' + (overdue === 1 ? 'is' : 'are') + ' overdue.' : ''
  return counted(board.sittings.length, 'interview') + ': ' + listed(said) + '.' + late
}

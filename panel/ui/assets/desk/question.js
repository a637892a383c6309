// One question: what to ask on the left, what was heard on the right, the levels below.
const MARKS = [['“ Quote', '“', 'KeyQ'], ['+ Strong', '+ ', 'KeyS'], ['! Concern', '! ', 'KeyC']]
const NOTE_WAIT = 500 // milliseconds without a keystroke before a note is sent

const whole = (text) => text.toWellFormed?.() ?? text // half of a sign cannot be stored

class QuestionView {
  constructor (desk, item) {
    this.desk = desk
    this.item = item
    this.levels = levelRow(item.levels, (level) => desk.rate(item, level, true))
    this.prompt = h('h2', { class: 'question-prompt', tabindex: '-1' }, item.prompt)
    this.probes = item.probes.map((probe, place) => this.tick(probe, () => this.probe(place)))
    this.reworded = this.tick('Asked in other words', () => desk.change(item, { reworded: this.reworded.box.checked }))
    this.note = h('textarea', {
      id: 'desk-note', maxlength: desk.data.longestNote, placeholder: 'What you heard, in their words',
      oninput: () => this.typed(), onblur: () => desk.outbox.flush(item.key)
    })
    this.spent = h('span', {})
    this.outcome = h('p', { class: 'desk-outcome', role: 'status' })
    this.reasons = h('div', { class: 'desk-reasons', role: 'group', 'aria-label': 'Why was it not asked?' })
    this.conflict = h('div', { class: 'desk-conflict', role: 'group' })
    this.others = this.otherOutcomes()
    this.levels.thumbs.prepend(button('‹', () => desk.move(-1), { class: 'desk-turn', 'aria-label': 'Previous question' }))
    this.levels.thumbs.append(button('›', () => desk.move(1), { class: 'desk-turn', 'aria-label': 'Next question' }))
    this.element = this.build()
    this.refresh()
  }

  build () {
    const { item, desk } = this
    const facts = [item.category, item.competency, item.need === 'nice' && 'nice to have', item.askedBy && 'asked by ' + item.askedBy,
      item.pilot && 'on trial: rated like the others, does not count yet'].filter(Boolean).join(' · ')
    const fold = (title, ...inside) => h('details', { open: desk.preferences.open_answers }, h('summary', {}, title), ...inside)
    const answer = h('div', { class: 'desk-answer' })
    answer.innerHTML = item.answer // made safe by the server
    const signs = (title, texts) => [h('p', {}, h('b', {}, title)), h('ul', {}, texts.map((each) => h('li', {}, each)))]
    const left = h('div', { class: 'desk-left' },
      h('p', { class: 'quiet' }, facts, ' · ', this.spent),
      this.prompt,
      this.probes.length ? h('div', { class: 'desk-ticks', role: 'group', 'aria-label': 'Probes: tick those you used' }, this.probes.map((each) => each.label)) : null,
      h('div', { class: 'desk-ticks' }, this.reworded.label),
      fold('Reference answer', answer),
      fold('What strong and weak answers sound like', ...signs('Strong', item.strong), ...signs('Weak', item.weak)))
    const right = h('div', { class: 'desk-right' },
      h('label', { for: 'desk-note' }, 'Notes, saved as you type'), this.note,
      h('div', { class: 'desk-marks', role: 'group', 'aria-label': 'Marks with the time into the interview' }, MARKS.map(([words, mark]) => button(words, () => this.mark(mark)))))
    return h('section', { class: 'desk-question', 'aria-label': 'Question ' + item.number },
      h('div', { class: 'desk-columns' }, left, right),
      this.conflict, this.levels.cards,
      h('div', { class: 'desk-foot' }, this.others.element, this.outcome, desk.steps()),
      this.reasons, this.levels.thumbs)
  }

  tick (words, onchange) {
    const box = h('input', { type: 'checkbox', onchange })
    return { box, label: h('label', {}, box, h('span', {}, words)) }
  }

  probe () {
    this.desk.change(this.item, { probes: this.probes.flatMap((each, place) => each.box.checked ? [place] : []) })
  }

  otherOutcomes () {
    const { desk, item } = this
    const notAsked = button(['Not asked ', h('kbd', {}, 'n')], () => this.askReason(), { 'aria-keyshortcuts': 'n' })
    const unable = button(['Could not assess ', h('kbd', {}, 'u')], () => desk.answer(item, { outcome: 'could_not_assess', level: null, reason: '' }), { 'aria-keyshortcuts': 'u' })
    const clear = button('Clear', () => desk.answer(item, { outcome: 'open', level: null, reason: '' }), { class: 'desk-quiet-button', 'aria-label': 'Clear the answer' })
    return { notAsked, unable, clear, element: h('div', { class: 'desk-others', role: 'group', 'aria-label': 'Other answers' }, notAsked, unable, clear) }
  }

  // The reasons have keys of their own, shown on their buttons.
  askReason () {
    const { desk, item } = this
    const choose = (reason) => { this.closeReasons(); desk.answer(item, { outcome: 'not_asked', level: null, reason }) }
    const buttons = desk.data.reasons.map(({ value, words, key }) => button([words + ' ', h('kbd', {}, key)], () => choose(value), { 'data-key': key }))
    this.reasons.replaceChildren(h('span', {}, 'Why was it not asked?'), ...buttons, button('Cancel', () => this.closeReasons(), { class: 'desk-quiet-button' }))
    buttons[0].focus({ preventScroll: true })
    this.reasons.scrollIntoView({ block: 'nearest' })
  }

  closeReasons () {
    if (this.reasons.contains(document.activeElement)) this.others.notAsked.focus({ preventScroll: true })
    this.reasons.replaceChildren()
  }

  reasonKey (key) {
    const found = this.reasons.querySelector('[data-key="' + key + '"]')
    found?.click()
    return Boolean(found)
  }

  typed () {
    this.desk.typedAt = Date.now()
    this.desk.change(this.item, { note: whole(this.note.value) }, NOTE_WAIT)
  }

  mark (sign) {
    const start = this.note.value && !this.note.value.endsWith('\n') ? '\n' : ''
    this.note.value += start + '[' + this.desk.intoInterview() + '] ' + sign
    this.note.focus()
    this.note.setSelectionRange(this.note.value.length, this.note.value.length)
    this.typed()
  }

  refresh () {
    const { desk, item } = this
    const rating = desk.ratingOf(item.key)
    showChosen(this.levels, rating.level)
    this.probes.forEach((each, place) => { each.box.checked = rating.probes.includes(place) })
    this.reworded.box.checked = rating.reworded
    if (this.note.value !== rating.note) this.note.value = rating.note
    setAttribute(this.others.notAsked, 'aria-pressed', String(rating.outcome === 'not_asked'))
    setAttribute(this.others.unable, 'aria-pressed', String(rating.outcome === 'could_not_assess'))
    this.others.clear.hidden = rating.outcome === 'open'
    setText(this.outcome, desk.outcomeWords(item, rating))
    this.showConflict()
  }

  tickClock () {
    const spent = this.desk.spent[this.item.key] || 0
    const planned = this.item.minutes
    setText(this.spent, spent < 1000 ? 'about ' + inMinutes(planned) : minutesAndSeconds(spent) + ' of ' + planned + ' min' + (spent > planned * MINUTE ? ', over' : ''))
  }

  showConflict () {
    const theirs = this.desk.conflicts[this.item.key]
    if (!theirs) { this.conflict.replaceChildren(); this.table = null; return }
    if (!this.table) { // said once, not with every key
      this.table = h('div', {})
      this.conflict.replaceChildren(h('p', { role: 'alert' }, h('b', {}, 'This question was changed in another tab. Here are both; nothing is lost.')), this.table)
    }
    const shown = JSON.stringify([theirs, this.desk.outbox.entries[this.item.key]?.change])
    if (this.table.dataset.shown === shown) return
    this.table.dataset.shown = shown
    this.table.replaceChildren(...conflictOf(this.desk, this.item, theirs))
  }
}

// Both states of what two tabs changed, and what can be done.
function conflictOf (desk, item, theirs) {
  const mine = desk.outbox.entries[item.key]?.change || {}
  const noteDiffers = 'note' in mine && mine.note !== theirs.note
  const rows = []
  if (mine.answer) rows.push(['Answer', desk.outcomeWords(item, mine.answer), desk.outcomeWords(item, theirs)])
  if (noteDiffers) rows.push(['Note', mine.note || 'Empty', theirs.note || 'Empty'])
  const cells = (texts, tag) => texts.map((each) => h(tag, {}, each))
  return [
    h('table', { class: 'plain-table' },
      h('thead', {}, h('tr', {}, cells(['', 'In this tab, not saved', 'Saved from the other tab'], 'th'))),
      h('tbody', {}, rows.map((each) => h('tr', {}, cells(each, 'td'))))),
    h('div', { class: 'desk-marks' },
      button('Keep this tab’s', () => desk.settle(item.key, mine)),
      button('Keep the other tab’s', () => desk.settle(item.key, ticksOf(mine))),
      noteDiffers && mine.note && theirs.note ? button('Keep both notes', () => desk.settle(item.key, { ...mine, note: theirs.note + '\n' + mine.note })) : null)
  ]
}

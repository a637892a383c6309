// The end of a scorecard: every question on one page, what is missing, what can still be asked, and the submission.
class SummaryView {
  constructor (desk) {
    this.desk = desk
    this.rows = desk.data.items.map((item) => this.row(item))
    this.still = h('p', { class: 'quiet' })
    this.recommendations = this.choice('Recommendation for this round', 'recommendation', desk.data.recommendations)
    this.confidences = this.choice('How sure are you?', 'confidence', desk.data.confidences)
    this.summary = h('textarea', {
      id: 'desk-summary', maxlength: desk.data.longestNote, placeholder: 'Two sentences: what decided it, and what you would ask next',
      oninput: () => { desk.typedAt = Date.now(); desk.changeClosing({ summary: whole(this.summary.value) }, NOTE_WAIT) },
      onblur: () => desk.outbox.flush(CLOSING)
    })
    this.conflict = h('div', { class: 'desk-conflict' })
    this.missing = h('ul', { class: 'desk-missing' })
    this.refusal = h('p', { role: 'alert' })
    this.submit = button('Submit scorecard', () => this.send(), { class: 'desk-primary' })
    this.handover = new HandoverView(desk)
    this.prompt = h('h2', { class: 'question-prompt', tabindex: '-1' }, 'Before you submit')
    this.element = this.build()
    this.refresh()
  }

  build () {
    const section = (title, quiet, ...inside) => [h('h3', { class: 'desk-section' }, title, ' ', h('span', { class: 'quiet' }, quiet)), ...inside]
    return h('section', { class: 'desk-summary', 'aria-label': 'The end of the scorecard' },
      this.prompt, this.still,
      h('table', { class: 'plain-table desk-all' }, h('tbody', {}, this.rows.map((each) => each.element))),
      ...section('Your recommendation', '', this.recommendations.element, this.confidences.element,
        h('label', { for: 'desk-summary' }, 'Summary, saved as you type'), this.summary, this.conflict),
      ...this.handover.parts(section),
      ...section('Submit', this.desk.data.opens, this.missing, this.refusal, h('div', { class: 'desk-foot' }, this.submit, this.desk.steps())))
  }

  row (item) {
    const level = h('td', {})
    const note = h('td', { class: 'desk-excerpt' })
    const lacking = h('span', { class: 'desk-lacking' })
    const open = button(item.prompt, () => this.desk.go(item.key), { class: 'desk-link' })
    return { item, level, note, lacking, element: h('tr', {}, h('td', {}, String(item.number)), h('td', {}, open, lacking), level, note) }
  }

  choice (words, name, options) {
    const inputs = options.map(({ value, words }) => {
      const input = h('input', { type: 'radio', name: 'desk-' + name, value, onchange: () => this.desk.changeClosing({ [name]: value }) })
      return { value, input, label: h('label', {}, input, h('span', {}, words)) }
    })
    return { inputs, element: h('fieldset', { class: 'desk-choice' }, h('legend', {}, words), h('div', {}, inputs.map((each) => each.label))) }
  }

  refresh () {
    const { desk } = this
    for (const { item, level, note, lacking } of this.rows) {
      const rating = desk.ratingOf(item.key)
      const shown = item.levels.find((each) => each.level === rating.level)
      level.replaceChildren(shown ? h('span', { class: 'chip level-' + shown.colour }, String(shown.level)) : '', ' ' + (shown ? shown.label : desk.outcomeWords(item, rating)))
      setText(note, rating.note || 'no note')
      note.classList.toggle('is-empty', !rating.note)
      setText(lacking, rating.outcome === 'open' ? '' : desk.lacking(item, rating)) // the answer itself says that it is open
    }
    const closing = desk.closingNow()
    for (const { value, input } of this.recommendations.inputs) input.checked = value === closing.recommendation
    for (const { value, input } of this.confidences.inputs) input.checked = value === closing.confidence
    if (this.summary.value !== closing.summary) this.summary.value = closing.summary
    const missing = desk.missing()
    this.missing.replaceChildren(...missing.map((each) => h('li', {}, each)))
    this.showConflict()
    this.handover.refresh()
  }

  tickClock () {
    const { desk } = this
    const between = span(desk.data, desk.panel)
    const now = desk.now()
    const left = between.ends - desk.data.candidateMinutes * MINUTE - now
    const fits = desk.data.items.filter((item) => desk.ratingOf(item.key).outcome === 'open' && item.minutes * MINUTE <= left)
    setText(this.still, isRunning(between, now) && fits.length
      ? 'There is time to ask still: ' + fits.map((each) => 'question ' + each.number + ' (' + each.minutes + ' min)').join(', ') + '.'
      : 'Read it through once. After you submit, nothing changes any more.')
  }

  showConflict () {
    const { desk } = this
    const theirs = desk.conflicts[CLOSING]
    if (Boolean(theirs) === this.conflict.hasChildNodes()) return
    if (!theirs) { this.conflict.replaceChildren(); return }
    const mine = desk.outbox.entries[CLOSING]?.change || {}
    const words = (closing) => [wordsOf(desk.data.recommendations, closing.recommendation), wordsOf(desk.data.confidences, closing.confidence), closing.summary].filter(Boolean).join(' · ')
    this.conflict.replaceChildren(
      h('p', { role: 'alert' }, h('b', {}, 'This was changed in another tab. Here are both; nothing is lost.')),
      h('p', {}, 'In this tab, not saved: ' + words({ ...theirs, ...mine })), h('p', {}, 'Saved from the other tab: ' + words(theirs)),
      h('div', { class: 'desk-marks' }, button('Keep this tab’s', () => desk.settle(CLOSING, mine)), button('Keep the other tab’s', () => desk.settle(CLOSING, {}))))
  }

  send () {
    const missing = this.desk.missing()
    if (this.handover.isUnsent) missing.push('Send the handover, or clear it.')
    if (missing.length) { setText(this.refusal, 'Not submitted yet. ' + missing.join(' ')); return }
    setText(this.refusal, '')
    this.element.inert = true // nothing typed from here on could still be saved
    this.desk.submit().then((sentence) => { this.element.inert = Boolean(this.desk.sealed); setText(this.refusal, sentence) })
  }
}

const wordsOf = (options, value) => options.find((each) => each.value === value)?.words || ''

// Facts for whoever meets the candidate next. It leaves only when it is sent; until then it is kept in this browser.
class HandoverView {
  constructor (desk) {
    this.desk = desk
    this.slot = 'panel-handover:' + desk.data.scorecard
    this.text = h('textarea', { id: 'desk-handover', maxlength: desk.data.longestHandover, placeholder: 'Asked and answered, still open, what the candidate wants to come back to', oninput: () => this.keep() })
    this.told = h('p', { class: 'quiet', role: 'status' })
    this.tools = h('div', { class: 'desk-marks' })
    this.seen = desk.handover?.version ?? 0
    this.text.value = this.kept() ?? this.sent
    this.offer(false)
  }

  parts (section) {
    return section('Handover to the next interviewer', 'facts only: no ratings, no adjectives about the person',
      h('label', { for: 'desk-handover', class: 'desk-unseen' }, 'Handover'), this.text, this.tools, this.told)
  }

  get sent () { return this.desk.handover?.text ?? '' }

  get isUnsent () { return this.text.value.trim() !== this.sent.trim() }

  kept () { try { return localStorage.getItem(this.slot) } catch { return null } }

  keep () {
    if (this.isUnsent) setText(this.told, 'Not sent yet; kept in this browser.')
    try {
      if (this.isUnsent) localStorage.setItem(this.slot, whole(this.text.value))
      else localStorage.removeItem(this.slot)
    } catch { /* storage is full or switched off */ }
  }

  refresh () {
    const version = this.desk.handover?.version ?? 0
    if (version !== this.seen && this.kept() === null) { this.seen = version; this.text.value = this.sent }
    if (!this.told.textContent && this.sent) setText(this.told, HANDED_OVER)
  }

  offer (asItIs) {
    this.tools.replaceChildren(button('Send handover', () => this.send(false)), ...(asItIs ? [button('Send it as it is', () => this.send(true))] : []))
  }

  send (asItIs) {
    setText(this.told, 'Sending')
    this.desk.line.request({ do: 'hand_over', text: whole(this.text.value), as_it_is: asItIs, seen: this.seen }).then((answer) => {
      this.offer(answer.kind === 'reminder')
      if (answer.handover) { this.desk.handover = answer.handover; this.seen = answer.handover.version }
      if (answer.ok) this.text.value = answer.handover.text
      this.keep()
      setText(this.told, answer.ok ? (answer.handover.text ? HANDED_OVER : 'Nothing is handed over.') : answer.sentence + (answer.kind === 'stale' ? ' It says: “' + this.sent + '”. Send yours once more to replace it.' : ''))
    }, () => setText(this.told, 'Not sent: there is no connection. It is kept here; send it again when it is back.'))
  }
}

const HANDED_OVER = 'Sent. Whoever meets the candidate later reads it.'

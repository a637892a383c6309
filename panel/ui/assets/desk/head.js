// What stands above every question: who, how long still, where, and whether it is saved; the panel's own line below.
class HeadView {
  constructor (desk) {
    const { data } = desk
    this.desk = desk
    this.time = h('span', { class: 'desk-time' })
    this.where = h('span', {})
    this.saved = h('span', { class: 'desk-saved' })
    this.alarm = h('p', { class: 'desk-alarm', role: 'alert' })
    this.short = h('p', { class: 'quiet desk-short' })
    this.start = button('Start the clock', () => this.startClock(false), { class: 'desk-quiet-button' })
    this.nav = h('nav', { class: 'desk-nav', 'aria-label': 'Questions' })
    this.leading = h('span', { role: 'status' })
    this.panelTools = h('span', { class: 'desk-panel-tools' })
    this.beside = h('span', { class: 'quiet' })
    this.panel = data.together ? h('div', { class: 'desk-panel', role: 'group', 'aria-label': 'The panel' }, this.leading, this.panelTools, this.beside) : null
    this.told = h('p', { class: 'quiet', role: 'status' })
    this.steps = desk.places().map((place, number) => ({ place, button: button(place === END ? 'End' : String(number + 1), () => desk.go(place)) }))
    this.nav.append(...this.steps.map((each) => each.button))
    this.handovers = h('div', { class: 'desk-handovers' })
    this.element = h('header', { class: 'desk-head' },
      h('p', {}, h('b', {}, data.candidate), ' · ' + data.round + ' ', h('span', { class: 'quiet' }, data.role)),
      h('div', { class: 'desk-now' }, this.time, this.start, this.where, this.saved),
      this.alarm)
    this.below = h('div', { class: 'desk-below' }, data.shadow ? h('p', { class: 'quiet' }, 'You shadow: you rate like everybody else, and it counts for your training only.') : null,
      this.nav, this.panel, this.told, this.short, this.handovers)
    this.options = this.choices()
  }

  choices () {
    this.restart = button('Start the clock again from now', () => this.startClock(true), { class: 'desk-quiet-button' })
    const { desk } = this
    const tick = (words, name) => h('label', {}, h('input', { type: 'checkbox', checked: desk.preferences[name], onchange: (event) => desk.prefer(name, event.target.checked) }), h('span', {}, words))
    const keys = 'Keys: a number rates, n not asked (then t, c or f for the reason), u could not assess, o asked in other words, b back to the panel, e to the note, Escape out of it, Ctrl+Right and Ctrl+Left move, Alt+Q, Alt+S and Alt+C mark a note.'
    return h('details', { class: 'desk-options' }, h('summary', {}, 'Keys and preferences'),
      h('div', { class: 'desk-ticks' }, tick('Go on to the next question after a rating', 'go_on'), tick('Show reference answers and signs unfolded', 'open_answers')),
      this.restart,
      h('p', { class: 'quiet' }, keys))
  }

  startClock (again) { this.ask({ do: 'start', again }) }

  ask (message) {
    const { desk } = this
    if (!desk.line) return
    desk.line.request(message).then((answer) => {
      if (answer.panel) { desk.take({ ...desk.asState(), panel: answer.panel }) }
      this.say(answer.ok ? '' : answer.sentence)
    }, () => this.say('There is no connection. Try again when it is back.'))
  }

  // News, which is none after a while.
  say (words) {
    setText(this.told, words)
    clearTimeout(this.news)
    this.news = setTimeout(() => setText(this.told, ''), 10000)
  }

  refresh () {
    const { desk } = this
    const [words, isAlarm] = desk.savedWords()
    setText(this.saved, isAlarm ? words.split(/[:.]/)[0] : words)
    this.showAlarm(isAlarm ? words : '')
    const at = desk.places().indexOf(desk.place)
    setText(this.where, desk.place === END ? desk.answered() + ' of ' + desk.data.items.length + ' answered' : 'question ' + (at + 1) + ' of ' + desk.data.items.length)
    for (const { place, button } of this.steps) this.showStep(place, button)
    if (this.panel) this.showPanel()
    this.showHandovers()
  }

  showAlarm (words) {
    const refused = this.desk.refused()
    const shown = words + '|' + refused
    if (this.alarm.dataset.shown === shown) return
    this.alarm.dataset.shown = shown
    const discard = () => { for (const place of this.desk.refused()) this.desk.settle(place, {}) }
    this.alarm.replaceChildren(words, ...(refused.length && !this.desk.sealed ? [' ', button('Discard what was not saved', discard)] : []))
  }

  showStep (place, button) {
    const { desk } = this
    const item = desk.data.items.find((each) => each.key === place)
    const outcome = item ? desk.ratingOf(place).outcome : 'open'
    const lacks = item && outcome !== 'open' && desk.lacking(item, desk.ratingOf(place))
    const name = item ? 'Question ' + item.number + (outcome === 'open' ? '' : ', ' + desk.data.outcomes[outcome].toLowerCase()) + (lacks ? ', something is missing' : '') : 'End'
    setText(button, item ? item.number + (outcome === 'open' ? '' : outcome === 'rated' ? ' ✓' : ' –') + (lacks ? ' !' : '') : 'End')
    setAttribute(button, 'aria-label', name)
    if (place === desk.place) setAttribute(button, 'aria-current', 'step')
    else button.removeAttribute('aria-current')
    button.classList.toggle('is-panels', Boolean(desk.panel?.lead) && place === desk.panel.question)
  }

  showPanel () {
    const { desk } = this
    const { panel } = desk
    if (!panel) return
    const lead = panel.people.find((each) => each.id === panel.lead)
    const words = (each) => each.name + (each.shadow ? ' (shadow)' : '') + (each.submitted ? ', submitted' : each.here ? ', here' : ', not here')
    const elsewhere = lead && panel.question && panel.question !== desk.place && desk.data.items.find((each) => each.key === panel.question)
    const at = elsewhere && lead.me ? ' The panel is at question ' + elsewhere.number + '.' : ''
    setText(this.leading, lead ? (lead.me ? 'You lead: the panel follows you.' + at : lead.name + (lead.here ? ' leads.' : ' led and has left.')) : 'Nobody leads: everyone moves alone.')
    setText(this.beside, desk.line?.isDown ? '' : panel.people.filter((each) => !each.me).map(words).join(' · '))
    this.showPanelTools(lead, elsewhere)
  }

  // Drawn anew only when other things can be done, so that no press is lost to a colleague who comes or goes.
  showPanelTools (lead, elsewhere) {
    const { desk } = this
    const tools = []
    if (elsewhere && !lead.me) tools.push(['Back to the panel, question ' + elsewhere.number, () => this.backToPanel(), 'b'])
    if (elsewhere && lead.me && desk.place !== END) tools.push(['Bring the panel here', () => desk.bringPanel(desk.place)])
    if (lead?.me) tools.push(['Give up the lead', () => this.ask({ do: 'unlead' })])
    else if (!desk.data.shadow) tools.push([lead ? 'Take the lead from ' + lead.name : 'Take the lead', () => this.ask({ do: 'lead', instead_of: desk.panel.lead })])
    const shown = JSON.stringify(tools.map(([words]) => words))
    if (this.panelTools.dataset.shown === shown) return
    this.panelTools.dataset.shown = shown
    const held = this.panelTools.contains(document.activeElement)
    this.panelTools.replaceChildren(...tools.map(([words, act, key]) => key
      ? button([words + ' ', h('kbd', {}, key)], act, { 'aria-keyshortcuts': key })
      : button(words, act, { class: 'desk-quiet-button' })))
    if (held) this.panelTools.querySelector('button')?.focus({ preventScroll: true })
  }

  backToPanel () {
    const { panel } = this.desk
    if (panel?.lead && panel.question) this.desk.go(panel.question)
  }

  showHandovers () {
    const notes = this.desk.handovers || []
    const shown = JSON.stringify(notes)
    if (this.handovers.dataset.shown === shown) return
    this.handovers.dataset.shown = shown
    this.handovers.replaceChildren(...(notes.length
      ? [h('details', { open: this.desk.answered() === 0 }, h('summary', {}, 'Handed over to you: ' + notes.length + (notes.length === 1 ? ' note' : ' notes')),
          notes.map((each) => h('div', { class: 'note' }, h('b', {}, each.person + ', ' + each.round), '\n' + each.text)))]
      : []))
  }

  tickClock (between) {
    const { desk } = this
    const now = desk.now()
    setText(this.time, timeLeft(between, now) || inMinutes(desk.data.minutes))
    const near = now > between.starts - 30 * MINUTE && now < between.ends
    this.start.hidden = between.started || !near
    this.restart.hidden = !between.started
    const { short, keys } = toLetGo(desk.data, (key) => desk.ratingOf(key).outcome === 'open', desk.spent, desk.place, between, now)
    const named = keys.map((key) => { const item = desk.data.items.find((each) => each.key === key); return item.number + (item.need === 'must' ? '' : item.need === 'nice' ? ' (nice to have)' : ' (not measured for this role)') })
    const lacking = short >= MINUTE ? 'About ' + inMinutes(Math.round(short / MINUTE)) + ' short' : ''
    setText(this.short, lacking && (named.length ? lacking + '. Leave out first: question ' + named.join(', then ') + '.' : lacking + ' for what is left.'))
    if (!desk.outbox.isEmpty || !desk.line?.open) this.refresh()
  }
}

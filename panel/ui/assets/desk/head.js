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
    this.panel = data.together ? h('div', { class: 'desk-panel', role: 'group', 'aria-label': 'The panel' }) : null
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
    const { desk } = this
    const tick = (words, name) => h('label', {}, h('input', { type: 'checkbox', checked: desk.preferences[name], onchange: (event) => desk.prefer(name, event.target.checked) }), h('span', {}, words))
    const keys = 'Keys: a number rates, n not asked, u could not assess, o asked in other words, e to the note, Escape out of it, Ctrl+Right and Ctrl+Left move, Alt+Q, Alt+S and Alt+C mark a note.'
    return h('details', { class: 'desk-options' }, h('summary', {}, 'Keys and preferences'),
      h('div', { class: 'desk-ticks' }, tick('Go on to the next question after a rating', 'go_on'), tick('Show reference answers and signs unfolded', 'open_answers')),
      button('Start the clock again from now', () => this.startClock(true), { class: 'desk-quiet-button' }),
      h('p', { class: 'quiet' }, keys))
  }

  startClock (again) { this.ask({ do: 'start', again }) }

  ask (message) {
    const { desk } = this
    if (!desk.line) return
    desk.line.request(message).then((answer) => {
      if (answer.panel) { desk.take({ ...desk.asState(), panel: answer.panel }) }
      setText(this.told, answer.ok ? '' : answer.sentence)
    }, () => setText(this.told, 'There is no connection. Try again when it is back.'))
  }

  refresh () {
    const { desk } = this
    const [words, isAlarm] = desk.savedWords()
    setText(this.saved, isAlarm ? words.split(/[:.]/)[0] : words)
    setText(this.alarm, isAlarm ? words : '')
    const at = desk.places().indexOf(desk.place)
    setText(this.where, desk.place === END ? desk.answered() + ' of ' + desk.data.items.length + ' answered' : 'question ' + (at + 1) + ' of ' + desk.data.items.length)
    for (const { place, button } of this.steps) this.showStep(place, button)
    if (this.panel) this.showPanel()
    this.showHandovers()
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
    const panel = desk.panel
    const shown = JSON.stringify([panel, desk.following, desk.place])
    if (!panel || this.panel.dataset.shown === shown) return
    this.panel.dataset.shown = shown
    const held = this.panel.contains(document.activeElement)
    const lead = panel.people.find((each) => each.id === panel.lead)
    const others = panel.people.filter((each) => !each.me)
    const words = (each) => each.name + (each.shadow ? ' (shadow)' : '') + (each.submitted ? ', submitted' : each.here ? ', here' : ', not here')
    const parts = [h('span', {}, lead ? (lead.me ? 'You lead: the panel follows you.' : lead.name + (lead.here ? ' leads.' : ' led and has left.')) : 'Nobody leads: everyone moves alone.')]
    if (lead && !lead.me && panel.question && panel.question !== desk.place) {
      const item = desk.data.items.find((each) => each.key === panel.question)
      parts.push(button(['Back to the panel, question ' + (item?.number ?? '') + ' ', h('kbd', {}, 'b')], () => this.backToPanel(), { 'aria-keyshortcuts': 'b' }))
    }
    if (lead?.me) parts.push(button('Give up the lead', () => this.ask({ do: 'unlead' }), { class: 'desk-quiet-button' }))
    else if (!desk.data.shadow) parts.push(button(lead ? 'Take the lead from ' + lead.name : 'Take the lead', () => this.ask({ do: 'lead', instead_of: panel.lead }), { class: 'desk-quiet-button' }))
    parts.push(h('span', { class: 'quiet' }, others.map(words).join(' · ')))
    this.panel.replaceChildren(...parts)
    if (held) this.panel.querySelector('button')?.focus({ preventScroll: true })
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
    const { short, keys } = toLetGo(desk.data, (key) => desk.ratingOf(key).outcome === 'open', desk.spent, desk.place, between, now)
    const named = keys.map((key) => { const item = desk.data.items.find((each) => each.key === key); return item.number + (item.need === 'must' ? '' : item.need === 'nice' ? ' (nice to have)' : ' (not measured for this role)') })
    setText(this.short, short >= MINUTE && keys.length ? 'About ' + inMinutes(Math.ceil(short / MINUTE)) + ' short. Leave out first: question ' + named.join(', then ') + '.' : '')
    if (!desk.outbox.isEmpty || (desk.line && !desk.line.open)) this.refresh()
  }
}

// The rows of the board. Each keeps its elements and changes only what differs, so that focus, folds, a selection of
// text and the place of everything stay as they are.

// Children in the order of `items`, one view for each; those that are there already are not touched.
const keyed = (parent, views, items, make) => {
  const wanted = new Set(items.map((each) => each.id))
  for (const [id, view] of views) if (!wanted.has(id)) { view.element.remove(); views.delete(id) }
  items.forEach((item, place) => {
    if (!views.has(item.id)) views.set(item.id, make(item))
    const { element } = views.get(item.id)
    if (parent.children[place] !== element) parent.insertBefore(element, parent.children[place] || null)
  })
  return items.map((item) => views.get(item.id))
}

const pointTo = (link, item) => {
  setText(link, 'Candidate')
  setAttribute(link, 'href', '/candidates?role=' + encodeURIComponent(item.role_id) + '&candidate=' + encodeURIComponent(item.candidate_id))
  setAttribute(link, 'aria-label', 'Candidate ' + item.candidate)
}

class PersonView {
  constructor () {
    this.name = h('span', { class: 'board-name' })
    this.where = h('span', { class: 'board-where' })
    this.bar = h('i')
    this.meter = h('span', { class: 'board-meter', 'aria-hidden': 'true' }, this.bar)
    this.progress = h('span', { class: 'board-progress' })
    this.card = h('span', { class: 'board-card' })
    this.element = h('li', { class: 'board-person' },
      h('span', { class: 'board-left' }, this.name, this.where),
      h('span', { class: 'board-right' }, h('span', { class: 'board-done' }, this.meter, this.progress), this.card))
  }

  show (person, sitting, clock) {
    setText(this.name, person.name + (person.shadow ? ', as a shadow' : ''))
    setText(this.where, where(person, sitting))
    setAttribute(this.where, 'title', atQuestion(person))
    const waits = notBegun(person, sitting)
    setText(this.progress, waits ? counted(person.questions, 'question') : progress(person))
    setText(this.card, waits ? '' : scorecardWords(person, clock))
    this.bar.style.width = person.questions ? Math.round(100 * Math.min(person.answered / person.questions, 1)) + '%' : '0'
    this.element.classList.toggle('is-here', person.here && !person.submitted)
    this.element.classList.toggle('is-in', Boolean(person.submitted))
    this.element.classList.toggle('is-overdue', Boolean(person.overdue))
  }
}

class SittingView {
  // What was complete when the board was opened begins folded. Nothing folds or unfolds by itself afterwards.
  constructor (sitting) {
    this.time = h('b', { class: 'board-time' })
    this.who = h('span', { class: 'board-who' })
    this.what = h('span', { class: 'board-what' })
    this.stands = h('span', { class: 'board-stands' })
    this.panel = h('span', { class: 'board-panel' })
    this.link = h('a', { class: 'board-link' })
    this.list = h('ul', { class: 'board-people' })
    this.fold = h('details', { open: !allIn(sitting) },
      h('summary', {}, this.time, h('span', { class: 'board-title' }, this.who, this.what), h('span', { class: 'board-now' }, this.stands, this.panel)),
      this.list)
    this.element = h('li', { class: 'board-sitting' }, this.fold, this.link)
    this.people = new Map()
  }

  show (sitting, now, clock, from) {
    setText(this.time, clock(sitting.planned))
    setText(this.who, sitting.candidate)
    setText(this.what, (sitting.planned < from ? 'Since yesterday. ' : '') + sitting.round + ', ' + sitting.role)
    setText(this.stands, standing(sitting, now, clock))
    setText(this.panel, panelWords(sitting))
    setAttribute(this.panel, 'title', panelWords(sitting))
    pointTo(this.link, sitting)
    setAttribute(this.element, 'data-phase', sitting.phase)
    keyed(this.list, this.people, sitting.people, () => new PersonView()).forEach((view, place) => view.show(sitting.people[place], sitting, clock))
  }
}

class LateView {
  constructor () {
    this.person = h('span')
    this.whom = h('span')
    this.when = h('span', { class: 'board-what' })
    this.done = h('span', { class: 'board-what' })
    this.link = h('a')
    this.element = h('li', { class: 'board-late' }, this.person, this.whom, this.when, this.done, this.link)
  }

  show (late, clock, day) {
    setText(this.person, late.person)
    setText(this.whom, late.candidate + ', ' + late.round)
    setText(this.when, day(late.starts) + ', ' + clock(late.starts))
    setText(this.done, progress(late))
    pointTo(this.link, late)
  }
}

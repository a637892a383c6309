// A list of questions, one row at a time in the tab order. Python says what is selected; a pick is shown at once and
// holds until Python answers. list.known: what the rows were drawn from; list.picked: the pick not yet answered.
const PAGE_KEYS = 8 // rows that Page Up and Page Down move by
const SETTLE = 160 // milliseconds without another move before a row that was moved to is opened
const PATIENCE = 2000 // milliseconds a pick may wait for Python before Python's selection counts again

const element = (tag, name, ...children) => {
  const made = document.createElement(tag)
  if (name) made.className = name
  made.append(...children) // texts become text nodes, never markup
  return made
}
const cell = (name, ...children) => {
  const made = element('div', name, ...children)
  made.setAttribute('role', 'gridcell')
  return made
}
const pieces = (parts) => parts.map(([text, marked]) => (marked ? element('mark', '', text) : text))
const joined = (texts) => texts.filter(Boolean).join(' · ')

function drawRow (row, data) {
  const made = element('div', 'ql-row')
  made.setAttribute('role', 'row')
  made.dataset.key = row.key
  made.tabIndex = -1
  if (data.checkable) {
    const box = element('input')
    box.type = 'checkbox'
    box.tabIndex = -1
    box.setAttribute('aria-label', 'Choose: ' + row.prompt.map(([text]) => text).join(''))
    made.append(cell('ql-check', box))
  }
  const prompt = element('p', 'ql-prompt', ...pieces(row.prompt))
  const unusual = row.state && row.state !== data.usual
  if (unusual) prompt.append(' ', element('span', 'ql-tag', row.state))
  const main = cell('ql-main', prompt)
  if (row.excerpt.length) main.append(element('p', 'ql-excerpt', ...pieces(row.excerpt)))
  const withUnit = (fact, place) => [fact, fact && data.columns[place].unit].filter(Boolean).join(' ')
  main.append(element('p', 'ql-line', joined(row.facts.map(withUnit))))
  if (row.note) main.append(element('p', 'ql-note', row.note))
  made.append(main, ...row.facts.map((fact) => cell('ql-fact', fact)), cell('ql-fact', row.state))
  return made
}

function drawHead (head, data) {
  const titles = [...(data.checkable ? [''] : []), data.label, ...data.columns.map((each) => each.name), 'State']
  head.replaceChildren(...titles.map((title) => {
    const made = element('div', '', title)
    made.setAttribute('role', 'columnheader')
    return made
  }))
}

export default function ({ parentElement, data, setTriggerValue }) {
  const list = parentElement.querySelector('.question-list')
  const scroll = list.querySelector('.ql-scroll')
  const grid = list.querySelector('.ql-grid')
  const body = list.querySelector('.ql-rows')
  const all = list.querySelector('.ql-all')
  const rows = () => [...body.children]
  const rowOf = (key) => rows().find((each) => each.dataset.key === key)
  const selectedRow = () => body.querySelector('[aria-selected=true]')

  const mark = (key) => {
    for (const row of rows()) row.setAttribute('aria-selected', String(row.dataset.key === key))
    const stop = rowOf(list.stop) || selectedRow() || body.firstElementChild
    for (const row of rows()) row.tabIndex = row === stop ? 0 : -1
  }
  const pick = (row) => {
    clearTimeout(list.timer)
    list.stop = row.dataset.key
    list.picked = row.dataset.key
    list.pickedAt = Date.now()
    mark(row.dataset.key)
    setTriggerValue('pick', row.dataset.key)
  }
  const moveTo = (row) => {
    if (!row) return
    list.stop = row.dataset.key
    row.focus({ preventScroll: true })
    row.scrollIntoView({ block: 'nearest' })
    mark(row.dataset.key)
    clearTimeout(list.timer)
    list.timer = setTimeout(() => pick(row), SETTLE)
  }
  const checked = () => rows().filter((each) => each.querySelector('input').checked).map((each) => each.dataset.key)
  const showAll = () => {
    const count = checked().length
    all.firstElementChild.checked = count > 0 && count === rows().length
    all.firstElementChild.indeterminate = count > 0 && count < rows().length
  }
  const sendChecked = () => { showAll(); setTriggerValue('check', { shown: rows().map((each) => each.dataset.key), checked: checked() }) }

  // ---- what Python sent ----
  list.dataset.checkable = data.checkable
  list.dataset.bounded = data.height !== null // on a phone only a bounded list scrolls in itself
  list.style.setProperty('--ql-columns', [...data.columns.map((each) => each.width + 'px'), '76px'].join(' '))
  scroll.style.setProperty('--ql-height', data.height ? data.height + 'px' : 'calc(100dvh - 372px)')
  grid.setAttribute('aria-label', data.label)
  grid.setAttribute('aria-rowcount', data.total)
  const drawn = JSON.stringify([data.rows, data.columns, data.checkable])
  const first = list.known === undefined
  if (list.known !== drawn) {
    const held = body.contains(document.activeElement)
    list.known = drawn
    drawHead(list.querySelector('.ql-head'), data)
    body.replaceChildren(...data.rows.map((row) => drawRow(row, data)))
    if (list.view !== data.view) { scroll.scrollTop = 0; list.stop = null }
    list.view = data.view
    mark(data.selected)
    if (held) (rowOf(list.stop) || body.firstElementChild || grid).focus({ preventScroll: true })
  }
  if (data.selected === list.picked || Date.now() - (list.pickedAt || 0) > PATIENCE) list.picked = null
  if (!list.picked) {
    if (list.selected !== data.selected && !body.contains(document.activeElement)) list.stop = data.selected
    list.selected = data.selected
    mark(data.selected)
  } else {
    mark(list.picked)
  }
  if (first) selectedRow()?.scrollIntoView({ block: 'nearest' })
  all.hidden = !data.checkable || !data.rows.length
  if (data.checkable) {
    for (const row of rows()) row.querySelector('input').checked = data.checked.includes(row.dataset.key)
    showAll()
  }
  list.querySelector('[role=status]').textContent = data.counted
  list.querySelectorAll('[data-turn]').forEach((button) => {
    const to = data[button.dataset.turn]
    button.hidden = data.earlier === null && data.later === null
    button.disabled = to === null
    button.onclick = () => { list.stop = null; setTriggerValue('turn', to) }
  })

  // ---- what a person does ----
  body.onclick = (event) => {
    const row = event.target.closest('.ql-row')
    if (!row || event.target.closest('.ql-check')) return
    if (String(window.getSelection())) return // text is being copied, not a row opened
    row.focus({ preventScroll: true })
    pick(row)
  }
  body.onchange = sendChecked
  all.onchange = () => {
    for (const row of rows()) row.querySelector('input').checked = all.firstElementChild.checked
    sendChecked()
  }
  body.onkeydown = (event) => {
    const row = event.target.closest('.ql-row')
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return
    const place = rows().indexOf(row)
    const last = rows().length - 1
    const places = {
      ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: last,
      PageDown: Math.min(last, place + PAGE_KEYS), PageUp: Math.max(0, place - PAGE_KEYS)
    }
    if (event.key in places) moveTo(rows()[places[event.key]])
    else if (event.key === 'Enter') pick(row)
    else if (event.key === ' ' && data.checkable) { row.querySelector('input').click() }
    else if (event.key === ' ') pick(row)
    else return
    event.preventDefault()
  }
  // The rows above grow when the list becomes narrow; the selected one stays in view.
  let width = list.clientWidth
  const observer = new ResizeObserver(() => {
    if (list.clientWidth === width) return
    width = list.clientWidth
    selectedRow()?.scrollIntoView({ block: 'nearest' })
  })
  observer.observe(list)
  return () => { observer.disconnect(); clearTimeout(list.timer) }
}

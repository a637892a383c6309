// The questions of a set in their order, moved by pointer, finger or key. A move is shown at once and sent after a pause;
// list.sent is the order that Python has not answered yet. While a row is held its neighbours move around it: a row that
// is put elsewhere in the document would lose the pointer and the focus.
const PAUSE = 350 // milliseconds without another key before the order is sent
const EDGE = 72 // pixels from the edge of the view within which it scrolls while a row is held
const STEP = 10 // pixels it scrolls at a time
const TRIES = 20 // times, 50 ms apart, that what was opened elsewhere on the page is looked for

// What a press opened may stand out of sight, on a phone above all: bring it into view and the keyboard to it.
function reveal (name, tries = TRIES) {
  const opened = document.querySelector('.st-key-' + name)
  if (!opened) { if (tries) setTimeout(() => reveal(name, tries - 1), 50); return }
  opened.scrollIntoView({ block: 'start' })
  // On a phone the focus would bring up the keyboard over half of what was opened.
  if (window.matchMedia('(pointer: fine)').matches) opened.querySelector('input')?.focus({ preventScroll: true })
}

const element = (tag, name, text = '') => {
  const made = document.createElement(tag)
  if (name) made.className = name
  made.textContent = text // texts become text nodes, never markup
  return made
}

function drawRow (row, tools) {
  const made = element('li', [row.isNew && 'is-new', row.isOpen && 'is-open'].filter(Boolean).join(' '))
  made.dataset.key = row.key
  const handle = element('button', 'sl-handle')
  handle.type = 'button'
  handle.setAttribute('aria-describedby', 'set-list-hint')
  handle.setAttribute('aria-keyshortcuts', 'ArrowUp ArrowDown')
  const main = element('div', 'sl-main')
  main.append(element('p', 'sl-words', row.words), element('p', 'sl-facts', row.facts))
  const bar = element('div', 'sl-tools')
  for (const tool of tools.filter((each) => row.tools.includes(each.name))) {
    const button = element('button', '', tool.words)
    button.type = 'button'
    button.dataset.tool = tool.name
    button.setAttribute('aria-label', tool.words + ': ' + row.words)
    bar.append(button)
  }
  main.append(bar)
  made.append(handle, element('span', 'sl-number', row.number), main)
  return made
}

export default function ({ parentElement, data, setTriggerValue }) {
  const list = parentElement.querySelector('.set-list')
  const body = list.querySelector('ol')
  const said = list.querySelector('.sl-said')
  const rows = () => [...body.children]
  const order = () => rows().map((row) => row.dataset.key)
  const held = () => body.querySelector('.is-held')
  const words = (row) => row.querySelector('.sl-words').textContent
  const handleOf = (row) => row.querySelector('.sl-handle')

  const number = () => rows().forEach((row, place, all) => {
    row.querySelector('.sl-number').textContent = place + 1
    handleOf(row).setAttribute('aria-label', `Move question ${place + 1} of ${all.length}: ${words(row)}`)
  })
  const announce = (row) => { said.textContent = `Now question ${order().indexOf(row.dataset.key) + 1} of ${rows().length}: ${words(row)}` }
  const wait = () => { clearTimeout(list.timer); list.timer = setTimeout(send, PAUSE) }
  const send = () => {
    clearTimeout(list.timer)
    list.timer = null
    if (list.sent !== null) return // one at a time: the rest goes when Python has answered
    if (String(order()) === String(list.keys)) return
    list.sent = String(order())
    setTriggerValue('order', { keys: order(), revision: list.revision })
  }

  const use = (tool, key) => {
    if (list.sent) { list.queued = [tool, key]; return } // the move before it is answered first
    clearTimeout(list.timer)
    list.timer = null
    list.sent = String(order())
    setTriggerValue(tool, { key, keys: order(), revision: list.revision })
  }

  // ---- what Python sent ----
  const draw = () => {
    const focus = document.activeElement
    const was = body.contains(focus) ? [focus.closest('li').dataset.key, focus.dataset.tool || ''] : null
    clearTimeout(list.timer)
    list.timer = null
    list.sent = null
    list.overtaken = false
    list.keys = data.rows.map((row) => row.key)
    list.revision = data.revision
    body.replaceChildren(...data.rows.map((row) => drawRow(row, data.tools)))
    number()
    const row = was && rows().find((each) => each.dataset.key === was[0])
    if (row) (was[1] && row.querySelector(`[data-tool="${was[1]}"]`) || handleOf(row)).focus({ preventScroll: true })
  }
  list.dataset.writes = data.writes
  list.dataset.empty = !data.rows.length
  body.setAttribute('aria-label', data.label)
  const drawn = JSON.stringify(data)
  const answered = list.revision !== data.revision || list.answer !== data.answer || list.place !== data.place
  if (answered || (list.drawn !== drawn && !list.sent && !list.timer && !held())) {
    const moved = list.place === data.place && (list.timer || held()) && list.sent === String(data.rows.map((row) => row.key))
    if (moved) { // its order was taken, and a row moved on meanwhile: keep what is seen, and send that next
      list.sent = null
      list.keys = data.rows.map((row) => row.key)
      list.revision = data.revision
      if (!held()) wait()
    } else if (held()) list.overtaken = true // drawn anew when the row is let go
    else draw()
    list.drawn = drawn
    list.answer = data.answer
    list.place = data.place
    const queued = list.queued
    list.queued = null
    if (queued && !list.sent) use(...queued)
  }

  if (data.reveal && list.revealed !== undefined && list.revealed !== data.reveal) reveal(data.reveal)
  list.revealed = data.reveal

  // ---- what a person does ----
  const step = (row, by) => {
    const beside = by < 0 ? row.previousElementSibling : row.nextElementSibling
    if (!beside) return false
    if (by < 0) row.after(beside)
    else row.before(beside)
    number()
    return true
  }
  body.onkeydown = (event) => {
    const row = event.target.closest('li')
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    const onHandle = event.target.closest('.sl-handle') && !event.ctrlKey && !event.metaKey
    if (event.key === 'Escape' && held()) { release(true); return }
    if (!by || !data.writes || !(onHandle || event.altKey)) return
    event.preventDefault()
    if (!step(row, by)) return
    announce(row)
    row.scrollIntoView({ block: 'nearest' })
    wait()
  }
  body.onclick = (event) => {
    const tool = event.target.closest('[data-tool]')
    if (tool) use(tool.dataset.tool, tool.closest('li').dataset.key)
  }

  const follow = () => { // the held row under the pointer, its neighbours around it
    const row = held()
    if (!row) return
    row.style.transform = ''
    let box = row.getBoundingClientRect()
    const top = list.pointer - list.grip
    const above = row.previousElementSibling?.getBoundingClientRect()
    const below = row.nextElementSibling?.getBoundingClientRect()
    if (above && top < above.top + above.height / 2) { step(row, -1); box = row.getBoundingClientRect() }
    else if (below && top + box.height > below.top + below.height / 2) { step(row, 1); box = row.getBoundingClientRect() }
    row.style.transform = `translateY(${top - box.top}px)`
  }
  const scroll = () => {
    if (!held()) return
    const by = list.pointer < EDGE + 64 ? -STEP : list.pointer > window.innerHeight - EDGE ? STEP : 0
    if (by) { document.querySelector('[data-testid=stMain]')?.scrollBy(0, by); follow() }
    list.frame = requestAnimationFrame(scroll)
  }
  const release = (back) => {
    const row = held()
    if (!row) return
    cancelAnimationFrame(list.frame)
    row.classList.remove('is-held')
    row.style.transform = ''
    if (list.overtaken) draw()
    else if (back) {
      for (const key of list.before) body.append(rows().find((each) => each.dataset.key === key))
      number()
    } else if (String(order()) !== String(list.before)) {
      announce(row)
      send()
    }
  }
  body.onpointerdown = (event) => {
    const handle = event.target.closest('.sl-handle')
    if (!handle || event.button || held()) return
    const row = handle.closest('li')
    event.preventDefault()
    handle.focus({ preventScroll: true })
    handle.setPointerCapture(event.pointerId)
    list.before = order()
    list.pointer = event.clientY
    list.grip = event.clientY - row.getBoundingClientRect().top
    row.classList.add('is-held')
    list.frame = requestAnimationFrame(scroll)
  }
  body.onpointermove = (event) => { if (held()) { list.pointer = event.clientY; follow() } }
  body.onpointerup = () => release(false)
  body.onpointercancel = () => release(true)
  return () => { cancelAnimationFrame(list.frame); clearTimeout(list.timer) }
}

// Saves while one types. What is typed stands in the browser's storage until the server has it.
// field.known: the stored text this field builds on; field.base: its version; field.pushed: what was sent last.
export default function ({ parentElement, data, setStateValue }) {
  const field = parentElement.querySelector('textarea')
  const state = parentElement.querySelector('.note-state')
  const label = parentElement.querySelector('label')
  const slot = 'panel-draft:' + data.draft
  const stored = () => { try { return JSON.parse(localStorage.getItem(slot) || 'null') } catch { return null } }
  const forget = () => { try { localStorage.removeItem(slot) } catch { /* storage is switched off */ } }
  const keep = () => {
    const draft = { text: field.value, was: field.known, base: field.base }
    try { localStorage.setItem(slot, JSON.stringify(draft)) } catch { /* storage is full or switched off */ }
  }
  const send = (text, base, was) => {
    field.pushed = text
    field.count = (field.count || 0) + 1 // the same words sent again must count as new
    setStateValue('note', { text, base, was, count: field.count })
  }
  const push = () => { clearTimeout(field.timer); field.timer = null; send(field.value, field.base, field.known) }
  const flush = () => { if (field.timer) push() }
  const typed = () => {
    keep()
    state.textContent = 'Saving'
    clearTimeout(field.late)
    field.late = setTimeout(() => { state.textContent = 'Not saved yet, kept in this browser' }, data.late)
    clearTimeout(field.timer)
    field.timer = setTimeout(push, data.wait)
  }
  const adopt = () => { field.value = field.known = data.text; field.base = data.version }

  label.textContent = data.label
  field.id = 'note-' + data.place
  label.htmlFor = field.id
  field.placeholder = data.placeholder
  field.maxLength = data.longest
  if (data.forget) forget()

  if (field.dataset.place !== data.place) {
    field.dataset.place = data.place
    adopt()
    const draft = stored()
    if (draft && draft.text !== data.text && draft.was === data.text) { field.value = draft.text; typed() }
    else if (draft && draft.text !== data.text) send(draft.text, draft.base, draft.was) // the server decides, and keeps it in view
    else forget()
  } else if (data.text === field.known) {
    field.base = data.version
  } else if (data.text === field.pushed) {
    field.known = data.text
    field.base = data.version
  } else if (field.value === field.known) {
    adopt() // another tab changed the note, and nothing is unsaved here
  }
  if (field.value === data.text && !field.timer) {
    if (!data.displaced) forget()
    clearTimeout(field.late)
    state.textContent = data.saved
  } else if (!field.timer) {
    field.timer = setTimeout(push, data.again) // sent while the server was away, or still on its way
  }

  field.oninput = typed
  field.onblur = flush
  // A shortcut that leaves the question must not overtake the note.
  field.onkeydown = (event) => { if (event.ctrlKey || event.metaKey) flush() }
  const hidden = () => { if (document.visibilityState === 'hidden') flush() }
  document.addEventListener('visibilitychange', hidden)
  window.addEventListener('pagehide', flush)
  parentElement.querySelectorAll('button').forEach((tool) => { tool.onclick = () => {
    const time = new Date().toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
    const start = field.value && !field.value.endsWith('\n') ? '\n' : ''
    field.value += start + time + ' ' + tool.dataset.mark
    field.focus()
    field.setSelectionRange(field.value.length, field.value.length)
    typed()
  } })
  return () => {
    flush()
    document.removeEventListener('visibilitychange', hidden)
    window.removeEventListener('pagehide', flush)
  }
}

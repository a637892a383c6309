export default function ({ parentElement, data, setStateValue }) {
  const field = parentElement.querySelector('textarea')
  const state = parentElement.querySelector('.note-state')
  const tools = parentElement.querySelectorAll('button')
  const drafts = 'panel-draft:' + data.place
  const read = () => { try { return JSON.parse(localStorage.getItem(drafts) || 'null') } catch { return null } }
  const keep = () => { try { localStorage.setItem(drafts, JSON.stringify({ text: field.value, base: field.base })) } catch {} }
  const forget = () => { try { localStorage.removeItem(drafts) } catch {} }
  const label = parentElement.querySelector('label')
  label.textContent = data.label
  field.id = 'note-' + data.place
  label.htmlFor = field.id
  field.placeholder = data.placeholder
  field.maxLength = data.longest
  field.readOnly = false

  const push = () => { clearTimeout(field.timer); field.timer = null; setStateValue('text', field.value) }
  const typed = () => {
    keep()
    state.textContent = 'Saving'
    clearTimeout(field.timer)
    field.timer = setTimeout(push, data.wait)
  }
  if (field.dataset.place !== data.place) {          // first sight of this note
    field.dataset.place = data.place
    field.value = data.text
    field.base = data.version
    const draft = read()
    if (draft && draft.base === data.version && draft.text !== data.text) { field.value = draft.text; typed() }
    else forget()
  }
  field.base = data.version
  if (field.value === data.text) { forget(); state.textContent = data.saved }
  else if (!field.timer) { keep() }

  field.oninput = typed
  const flush = () => { if (field.timer) push() }
  field.onblur = flush
  const hidden = () => { if (document.visibilityState === 'hidden') flush() }
  document.addEventListener('visibilitychange', hidden)
  window.addEventListener('pagehide', flush)
  tools.forEach((tool) => { tool.onclick = () => {
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

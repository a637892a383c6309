"""A text field that saves while one types, keeps a draft in the browser until the server has it, and never loses a word.

Streamlit's own text area commits on blur only; an interviewer's laptop may close first.
"""

from collections.abc import Callable

import streamlit as st

HTML = """
<div class="note-field">
  <label></label>
  <textarea></textarea>
  <div class="note-tools">
    <button type="button" data-mark="“">“ Quote</button>
    <button type="button" data-mark="+ ">+ Strong</button>
    <button type="button" data-mark="! ">! Concern</button>
    <span class="note-state" role="status"></span>
  </div>
</div>
"""
CSS = """
.note-field label { display: block; font-size: 14px; margin-bottom: 4px; color: var(--st-text-color); opacity: .8; }
.note-field textarea { width: 100%; min-height: 168px; resize: vertical; font: inherit; font-size: 16px; line-height: 24px;
  padding: 10px 12px; color: var(--st-text-color); background: var(--st-background-color);
  border: 1px solid var(--st-border-color); border-radius: 6px; box-sizing: border-box; }
.note-tools { display: flex; gap: 8px; align-items: center; flex-wrap: wrap; margin-top: 4px; }
.note-tools button { font: inherit; font-size: 14px; padding: 4px 10px; min-height: 32px; border-radius: 6px; cursor: pointer;
  color: var(--st-text-color); background: transparent; border: 1px solid var(--st-border-color); }
.note-state { font-size: 14px; opacity: .75; margin-left: auto; }
"""
SCRIPT = """
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
    const start = field.value && !field.value.endsWith('\\n') ? '\\n' : ''
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
"""
WAIT = 500  # milliseconds without a keystroke before the text is sent

# The field stands in the page itself, not in a shadow root: Streamlit's single-key shortcuts must see that a text
# field has the focus, or typing "4" in a note would rate the answer.
_field = st.components.v2.component("note_field", html=HTML, css=CSS, js=SCRIPT, isolate_styles=False)


def note_field(
    *,
    key: str,
    place: str,
    label: str,
    text: str,
    version: int,
    saved: str,
    longest: int,
    placeholder: str,
    on_text: Callable[[str], None],
) -> None:
    """`place` names what is written on (it keys the browser's draft); `version` is the stored text's."""

    def changed() -> None:
        value = st.session_state[key].get("text")
        if isinstance(value, str):
            on_text(value)

    _field(
        key=key,
        data={
            "place": place,
            "label": label,
            "text": text,
            "version": version,
            "saved": saved,
            "longest": longest,
            "placeholder": placeholder,
            "wait": WAIT,
        },
        on_text_change=changed,
    )

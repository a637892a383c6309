export default function ({ parentElement, data }) {
  const row = levelRow(data.levels)
  const frame = h('div', { class: data.phone ? 'desk-phone' : null }, h('div', { class: 'desk' }, row.cards, row.thumbs))
  parentElement.querySelector('.levels-preview').replaceChildren(frame)
}

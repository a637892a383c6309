export default function ({ parentElement, data }) {
  const row = levelRow(data.levels)
  const frame = h('div', { class: 'desk' + (data.phone ? ' desk-phone' : '') }, row.cards, row.thumbs)
  parentElement.querySelector('.levels-preview').replaceChildren(frame)
}

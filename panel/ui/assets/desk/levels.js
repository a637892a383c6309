// The levels as an interviewer meets them: number and word, and the behaviour that defines each. The preview of a rubric
// draws them with the same function.
const levelRow = (levels, choose) => {
  const card = ({ level, label, text, colour }) => h('button',
    { type: 'button', class: 'lv lv-' + colour, 'data-level': level, 'aria-pressed': 'false', onclick: choose && (() => choose(level)) },
    h('span', { class: 'lv-name' }, h('b', {}, String(level)), ' ', label),
    h('span', { class: 'lv-text' }, text))
  const thumb = ({ level, label, colour }) => h('button',
    { type: 'button', class: 'lv lv-' + colour, 'data-level': level, 'aria-pressed': 'false', 'aria-label': level + ' ' + label, onclick: choose && (() => choose(level)) },
    h('b', {}, String(level)))
  return {
    cards: h('div', { class: 'lv-row', role: 'group', 'aria-label': 'Levels', style: '--levels: ' + levels.length }, levels.map(card)),
    thumbs: h('div', { class: 'lv-thumbs', role: 'group', 'aria-label': 'Levels' }, levels.map(thumb))
  }
}

const showChosen = (row, level) => {
  for (const each of [row.cards, row.thumbs]) {
    for (const one of each.querySelectorAll('.lv')) setAttribute(one, 'aria-pressed', String(Number(one.dataset.level) === level))
  }
}

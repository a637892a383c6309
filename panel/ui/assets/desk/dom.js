// Elements without markup: texts become text nodes, never HTML.
const h = (tag, props = {}, ...children) => {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value)
    else made.setAttribute(name, value === true ? '' : value)
  }
  made.append(...children.flat().filter((each) => each !== null && each !== undefined && each !== false))
  return made
}

const button = (words, onclick, props = {}) => h('button', { type: 'button', onclick, ...props }, words)

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other)

const setText = (element, text) => { if (element.textContent !== text) element.textContent = text }

const setAttribute = (element, name, value) => {
  if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value)
}

export default function ({ parentElement, data }) {
  const out = parentElement.querySelector('span')
  const show = () => {
    const now = Date.now()
    const pad = (n) => String(n).padStart(2, '0')
    if (now < data.starts - 3600000 || now > data.ends + 3600000) { out.textContent = data.planned; return }
    if (now < data.starts) { out.textContent = 'starts in ' + Math.ceil((data.starts - now) / 60000) + ' min'; return }
    const left = Math.round((data.ends - now) / 1000)
    out.textContent = left >= 0
      ? Math.floor(left / 60) + ':' + pad(left % 60) + ' left'
      : Math.ceil(-left / 60) + ' min over'
  }
  show()
  const timer = setInterval(show, 1000)
  return () => clearInterval(timer)
}

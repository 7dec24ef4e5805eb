/** How the page of a report looks, by day and by night, on paper and on a telephone. */
export const style = `
:root{color-scheme:light dark;--ink:#1c2127;--soft:#5b6570;--paper:#f6f5f2;--card:#fff;--line:#dedbd3;--good:#1f7a4d;--bad:#b3261e;--warn:#9a6700;--dim:#7a828c}
@media (prefers-color-scheme:dark){:root{--ink:#e7e9ec;--soft:#a2abb5;--paper:#15181c;--card:#1d2126;--line:#333940;--good:#5cc28f;--bad:#ff8a80;--warn:#e3b341;--dim:#8b949e}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,"PingFang SC","Microsoft YaHei",sans-serif}
a{color:inherit}
table{border-collapse:collapse;width:100%;font-size:.9rem;margin-bottom:1rem}
td{padding:.3rem .75rem .3rem 0;vertical-align:top;border-top:1px solid var(--line)}
td:first-child{white-space:nowrap}
main{max-width:60rem;margin:0 auto;padding:2.5rem 1.25rem 4rem}
header{border-left:6px solid var(--bad);padding:.25rem 0 .25rem 1.25rem;margin-bottom:2rem}
header.outcome-0{border-color:var(--good)}
header.outcome-3{border-color:var(--warn)}
.eyebrow{margin:0;color:var(--soft);letter-spacing:.04em}
h1{margin:.1em 0;font-size:1.5rem;overflow-wrap:anywhere}
.outcome{margin:0;font-size:1.25rem;font-weight:600;color:var(--bad)}
.outcome-0 .outcome{color:var(--good)}
.outcome-3 .outcome{color:var(--warn)}
.facts{margin:.25rem 0 0;color:var(--soft);font-size:.9rem}
.counts{list-style:none;display:flex;flex-wrap:wrap;gap:.5rem 1.5rem;padding:0;margin:1rem 0 0}
.counts b{font-size:1.25rem}
.counts .none{opacity:.45}
.passed b,.passed td:first-child{color:var(--good)}
.failed b,.crashed b,.failed .verdict,.crashed .verdict,.failed td:first-child,.crashed td:first-child{color:var(--bad)}
.warned b,.warned .verdict,.warned td:first-child,.blocked td:first-child{color:var(--warn)}
.notice{border:1px solid var(--warn);border-radius:8px;padding:.75rem 1rem;overflow-wrap:anywhere}
.card{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:1rem 1.25rem;margin:0 0 1rem}
.card h2{margin:0;font-size:1rem;overflow-wrap:anywhere}
.card h2 a{color:inherit;text-decoration:none;font-family:ui-monospace,Consolas,monospace}
.card h2 small{color:var(--dim);font-weight:400}
.requirement{margin:.35rem 0 .5rem;font-size:1.1rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem;margin:0}
dt{color:var(--soft)}
dd{margin:0;overflow-wrap:anywhere}
pre{overflow-x:auto;background:var(--paper);border-radius:6px;padding:.75rem;font-size:.85rem}
details summary{cursor:pointer;padding:.35rem 0}
.family{border-top:1px solid var(--line)}
.family summary span{float:right;color:var(--soft)}
@media (max-width:40rem){dl{grid-template-columns:1fr}td:nth-child(3){display:none}}
@media print{body{background:#fff}.family:not([open])>table{display:table}}
`.trim();

/** How the page of a report looks, by day and by night, on paper and on a telephone. */
export const style = `
:root{color-scheme:light dark;--ink:#1c2127;--soft:#5b6570;--paper:#f6f5f2;--card:#fff;--line:#dedbd3;--good:#1f7a4d;--bad:#b3261e;--warn:#9a6700;--dim:#7a828c}
@media (prefers-color-scheme:dark){:root{--ink:#e7e9ec;--soft:#a2abb5;--paper:#15181c;--card:#1d2126;--line:#333940;--good:#5cc28f;--bad:#ff8a80;--warn:#e3b341;--dim:#8b949e}}
*{box-sizing:border-box}
html{scroll-padding-top:1rem;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
a{color:inherit;text-underline-offset:.2em;text-decoration-color:var(--line)}
code,pre,h3 a{font-family:ui-monospace,Consolas,Menlo,monospace}
main{max-width:60rem;margin:0 auto;padding:2.5rem 1.25rem 4rem}
h2{margin:2.5rem 0 .75rem;font-size:1.15rem}
header{border-left:6px solid var(--bad);padding:.25rem 0 .25rem 1.25rem}
header.outcome-0{border-color:var(--good)}
header.outcome-3{border-color:var(--warn)}
.eyebrow{margin:0;color:var(--soft);letter-spacing:.04em}
h1{margin:.1em 0;font-size:1.5rem;line-height:1.3;overflow-wrap:anywhere}
.outcome{margin:0;font-size:1.25rem;font-weight:600;color:var(--bad)}
.outcome-0 .outcome{color:var(--good)}
.outcome-3 .outcome{color:var(--warn)}
.facts{margin:.25rem 0 1rem;color:var(--soft);font-size:.9rem;overflow-wrap:anywhere}
.bar{display:flex;gap:1px;height:.5rem;border-radius:.25rem;overflow:hidden;background:var(--line)}
.bar i{min-width:2px;background:var(--dim)}
.bar .passed{background:var(--good)}
.bar .failed,.bar .crashed{background:var(--bad)}
.bar .warned,.bar .blocked{background:var(--warn)}
.counts{list-style:none;display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;padding:0;margin:.75rem 0 0}
.counts b{font-size:1.25rem;font-variant-numeric:tabular-nums}
.counts .none{opacity:.45}
td:first-child{white-space:nowrap}
.passed b,.passed td:first-child{color:var(--good)}
.failed b,.crashed b,.failed .verdict,.crashed .verdict,.failed td:first-child,.crashed td:first-child{color:var(--bad)}
.warned b,.blocked b,.warned .verdict,.warned td:first-child,.blocked td:first-child{color:var(--warn)}
.not-observable td:first-child{color:var(--dim)}
.notice{border:1px solid var(--warn);border-radius:8px;padding:.75rem 1rem;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%;font-size:.9rem}
td{padding:.3rem .75rem .3rem 0;vertical-align:top;border-top:1px solid var(--line);overflow-wrap:anywhere}
.overview td{vertical-align:middle}
.overview td:nth-child(2){width:60%}
.overview td:last-child,summary span{padding-right:0;text-align:right;white-space:nowrap;color:var(--soft);font-variant-numeric:tabular-nums}
summary{cursor:pointer;padding:.4rem 0}
summary span{float:right}
.group,.family{border-top:1px solid var(--line)}
.group>summary{font-weight:600}
.group[open]{padding-bottom:.5rem}
.card{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:1rem 1.25rem;margin:0 0 1rem}
.card:target{border-color:var(--soft)}
h3{display:flex;flex-wrap:wrap;align-items:baseline;gap:.25rem .5rem;margin:0;font-size:1rem;overflow-wrap:anywhere}
h3 a{text-decoration:none}
h3 small{border:1px solid var(--line);border-radius:99px;padding:.05rem .5rem;color:var(--soft);font-weight:400;white-space:nowrap}
h3 .MUST{color:var(--bad);border-color:currentColor}
.requirement{margin:.35rem 0 .5rem;font-size:1.1rem}
dl{display:grid;grid-template-columns:8rem 1fr;gap:.2rem 1rem;margin:0}
dt{color:var(--soft)}
dd{margin:0;overflow-wrap:anywhere}
.seen{font-weight:600}
.card details{margin-top:.5rem;color:var(--soft);font-size:.9rem}
.card details p{margin:.25rem 0}
pre{white-space:pre-wrap;overflow-wrap:anywhere;background:var(--paper);color:var(--ink);border-radius:6px;padding:.75rem;margin:.25rem 0 .75rem;font-size:.85rem}
.reasons{margin:0;padding-left:1.25rem;overflow-wrap:anywhere}
footer{margin-top:2.5rem;color:var(--dim);font-size:.85rem}
@media (max-width:40rem){
main{padding:1.25rem 1rem 3rem}
header{padding-left:.9rem}
h1{font-size:1.2rem}
.card{padding:.85rem 1rem}
dl{grid-template-columns:1fr;gap:0}
dt{margin-top:.4rem;font-size:.85rem}
.overview td:nth-child(2){width:45%}
.cases tr{display:grid;grid-template-columns:max-content 1fr;border-top:1px solid var(--line);padding:.35rem 0}
.cases td{border:0;padding-top:0;padding-bottom:0}
.cases td:nth-child(3){display:none}
.cases td:last-child{grid-column:1/3}
}
@media print{:root{--paper:#fff}main{max-width:none;padding:0}.card{break-inside:avoid}}
`.trim();

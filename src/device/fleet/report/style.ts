/** The stylesheet of the report. It loads no other files. */
export const style = `
:root { color-scheme: light dark; --text: #1c2530; --muted: #5b6673; --grid: #dfe4ea; --page: #fff; --good: #2e8b57; --bad: #c0392b; --one: #2f6fb3; --two: #d98a29; --three: #8a5fb0; }
@media (prefers-color-scheme: dark) { :root { --text: #e4e8ed; --muted: #9aa5b1; --grid: #333b45; --page: #14181d; --good: #4fb880; --bad: #e06a5d; --one: #6aa5e0; --two: #e8ae62; --three: #b692d6; } }
body { margin: 2rem auto; max-width: 64rem; padding: 0 1rem; font: 15px/1.5 system-ui, sans-serif; color: var(--text); background: var(--page); }
h1 { font-size: 1.5rem; margin-bottom: 0; } h2 { font-size: 1.1rem; margin-top: 2rem; }
p.muted { color: var(--muted); margin-top: 0.25rem; }
.numbers { display: flex; flex-wrap: wrap; gap: 0.75rem 2.5rem; margin: 1.25rem 0; padding: 0; }
.numbers div { min-width: 7rem; } .numbers dd { margin: 0; font-size: 1.5rem; font-variant-numeric: tabular-nums; } .numbers dt { color: var(--muted); }
figure { margin: 1.5rem 0; } figcaption { font-weight: 600; margin-bottom: 0.25rem; } svg { width: 100%; height: auto; }
.legend { font-weight: 400; color: var(--muted); margin-left: 0.75rem; } .legend span { margin-right: 0.9rem; } .legend i { display: inline-block; width: 0.8em; height: 0.8em; margin-right: 0.3em; }
.grid { stroke: var(--grid); } .label { fill: var(--muted); font-size: 12px; } .end { text-anchor: end; } .middle { text-anchor: middle; }
.good { fill: var(--good); background: var(--good); } .bad { fill: var(--bad); background: var(--bad); } .one { fill: var(--one); stroke: var(--one); background: var(--one); } .two { fill: var(--two); stroke: var(--two); background: var(--two); } .three { fill: var(--three); stroke: var(--three); background: var(--three); }
rect { stroke: none !important; } .line { fill: none; stroke-width: 2; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: 0.25rem 0.75rem 0.25rem 0; border-bottom: 1px solid var(--grid); vertical-align: top; overflow-wrap: anywhere; } th { color: var(--muted); font-weight: 600; } .number { text-align: right; font-variant-numeric: tabular-nums; padding-right: 1.25rem; }
`;

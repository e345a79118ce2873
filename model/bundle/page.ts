//! page: the index page of a bundle: what is in it, case by case, and how to play it.
import type { Profile } from '../machine/profile.ts';
import type { CaseEntry, Coverage, Manifest } from './manifest.ts';

/** One file without scripts or a network. */
export function bundlePage(profile: Profile, request: Manifest['request'], coverage: Coverage, cases: readonly CaseEntry[]): string {
  const from = request.program ? `program ${escaped(request.program.name)}` : `kinds ${escaped(request.kinds.join(', '))}, seed ${request.seed}`;
  const counts = (title: string, all: Readonly<Record<string, number>>): string =>
    `<tr><th>${title}</th><td>${Object.entries(all).map(([name, count]) => `${escaped(name)} <b>${count}</b>`).join(' · ') || '–'}</td></tr>`;
  const rest = Object.entries(coverage.remainders).map(([name, { met, of }]) => `${name.toUpperCase()} mod ${of}: <b>${met.join(' ') || '–'}</b>`).join(' · ');
  const row = (entry: CaseEntry): string => {
    const link = (file: string): string => `<a href="cases/${entry.name}/${file}">${file}</a>`, outcome = entry.trap ? `trap ${escaped(entry.trap)}` : 'halted';
    return `<tr><td><a href="cases/${entry.name}/program.s">${entry.name}</a></td><td>${escaped(entry.says)}</td><td>${entry.instructions}</td><td>${entry.retired}</td><td>${outcome}</td><td>${entry.files.map(({ path }) => path.slice(path.lastIndexOf('/') + 1)).filter((file) => ['retire.hex', 'writes.hex'].includes(file)).map(link).join(' ')}</td></tr>`;
  };
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Bundle for ${escaped(profile.name)}</title>
<style>body{font:15px/1.45 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;color:#1b1f24}table{border-collapse:collapse;width:100%;margin:1rem 0}
th,td{text-align:left;padding:.25rem .6rem;border-bottom:1px solid #d8dee4;vertical-align:top}th{white-space:nowrap}code,pre{font:13px/1.4 ui-monospace,monospace;background:#f4f6f8}pre{padding:.7rem}
@media(prefers-color-scheme:dark){body{background:#101418;color:#dde3ea}th,td{border-color:#30363d}code,pre{background:#1a2028}a{color:#7db7ff}}</style>
<h1>Golden bundle for ${escaped(profile.name)}</h1>
<p>${cases.length} cases, ${from}. Profile <code>${escaped(profile.name)}</code> (${profile.tier}), hash <code>${profile.hash}</code>.</p>
<pre>systole bundle check .
systole bundle replay . --device specification</pre>
<table>${counts('instructions', coverage.instructions)}${counts('dtypes', coverage.dtypes)}${counts('roundings', coverage.roundings)}${counts('traps', coverage.traps)}<tr><th>remainders of mm</th><td>${rest}</td></tr></table>
<table><tr><th>case</th><th>what it is</th><th>instructions</th><th>retired</th><th>end</th><th>files</th></tr>
${cases.map(row).join('\n')}
</table>
</html>
`;
}
const escaped = (text: string): string => text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]!);

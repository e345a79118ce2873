//! ucis: coverage as the XML interchange format of UCIS 1.0, element for element as its schema: a covergroup instance for each covergroup.
import { attributes, escaped } from '../markup.ts';
import type { Coverage } from '../../coverage/coverage.ts';
import { type Bin, type CoverTally, type GroupTally, tallies } from './tally.ts';

/** The schema wants times: they are those of the epoch, so that equal counters give equal bytes. */
const TIME = '1970-01-01T00:00:00Z';
/** And places in sources, which covergroups of a model have none of. */
const PLACE = { file: 1, line: 1, inlineCount: 1 };

export function ucis(coverage: Coverage, version: string): string {
  const { model: { profile, hash } } = coverage, tool = { toolCategory: 'UCIS:Simulator', ucisVersion: '1.0', vendorId: 'systole', vendorTool: 'systole', vendorToolVersion: version };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>', `<UCIS${attributes({ ucisVersion: '1.0', writtenBy: `systole ${version}`, writtenTime: TIME })}>`,
    `<sourceFiles${attributes({ fileName: profile.name, id: 1 })}/>`,
    `<historyNodes${attributes({ historyNodeId: 0, logicalName: profile.name, kind: 'UCIS:TEST', testStatus: 'true', date: TIME, ...tool })}>`, userAttribute('model', hash), userAttribute('profile_hash', profile.hash), '</historyNodes>',
    `<instanceCoverages${attributes({ name: profile.name, key: 0, moduleName: profile.name })}>`, `<id${attributes(PLACE)}/>`, '<covergroupCoverage>',
    ...tallies(coverage).flatMap((tally, key) => instanceLines(tally, key, profile.name)), '</covergroupCoverage>', '</instanceCoverages>', '</UCIS>', '',
  ].join('\n');
}

function instanceLines(tally: GroupTally, key: number, module: string): readonly string[] {
  const { group, covers } = tally, crosses = covers.filter(({ cover: { points } }) => points.length > 1), names = [...new Set(covers.flatMap(({ cover: { points } }) => points))];
  return [
    `<cgInstance${attributes({ name: group.name, key })}>`, `<options${attributes({ goal: Math.floor(group.goal), comment: group.says })}/>`,
    `<cgId${attributes({ cgName: group.name, moduleName: module })}>`, `<cginstSourceId${attributes(PLACE)}/>`, `<cgSourceId${attributes(PLACE)}/>`, '</cgId>',
    ...names.flatMap((name, i) => coverpointLines(tally, name, i)), ...crosses.flatMap((one, i) => crossLines(one, i)), '</cgInstance>',
  ];
}

/** A point that only crosses count has weight 0, and for each bin the most hits that a cross counts there. */
function coverpointLines({ group, covers }: GroupTally, name: string, key: number): readonly string[] {
  const own = covers.find(({ cover: { points } }) => points.length === 1 && points[0] === name);
  const bins: readonly Pick<Bin, 'hits' | 'first' | 'unreachable'>[] = own?.bins ?? group.points[name]!.bins.map((_, i) => {
    const found = covers.filter(({ cover }) => cover.points.includes(name)).map(({ cover, bins }) => bins.filter(({ at }) => at[cover.points.indexOf(name)] === i).reduce((sum, { hits }) => sum + hits, 0));
    return { hits: Math.max(...found), first: undefined, unreachable: undefined };
  });
  return [
    `<coverpoint${attributes({ name, key })}>`, `<options${attributes({ weight: own ? 1 : 0 })}/>`,
    ...bins.flatMap((bin, i) => [
      `<coverpointBin${attributes({ name: group.points[name]!.bins[i]!, key: i, type: bin.unreachable ? 'ignore' : 'bins' })}>`,
      `<range${attributes({ from: i, to: i })}>`, contents(bin), '</range>', ...notes(bin), '</coverpointBin>',
    ]),
    '</coverpoint>',
  ];
}

function crossLines({ cover: { points }, bins }: CoverTally, key: number): readonly string[] {
  return [
    `<cross${attributes({ name: points.join(' x '), key })}>`, '<options/>', ...points.map((point) => `<crossExpr>${escaped(point)}</crossExpr>`),
    ...bins.flatMap((bin) => [`<crossBin${attributes({ type: bin.unreachable ? 'ignore' : 'default' })}>`, ...bin.at.map((index) => `<index>${index}</index>`), contents(bin), ...notes(bin), '</crossBin>']),
    '</cross>',
  ];
}

const contents = ({ hits }: Pick<Bin, 'hits'>): string => `<contents${attributes({ coverageCount: hits })}/>`;
const notes = ({ first, unreachable }: Pick<Bin, 'first' | 'unreachable'>): readonly string[] => [
  ...(first === undefined ? [] : [userAttribute('first_test', String(first), 'int64')]), ...(unreachable ? [userAttribute('by', unreachable.by), userAttribute('why', unreachable.why)] : []),
];
const userAttribute = (key: string, value: string, type = 'str'): string => `<userAttr${attributes({ key, type })}>${escaped(value)}</userAttr>`;

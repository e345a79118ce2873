//! completion: scripts that complete commands, options and files in a shell, made from the commands themselves.
import type { Command } from 'commander';
import { didYouMean, Rejected } from '../failure.ts';
import { quoted } from '../shell.ts';
import { EXIT_PASS } from './exit.ts';
import { print } from './terminal.ts';

interface Entry {
  readonly path: readonly string[];
  readonly says: string;
  readonly commands: readonly string[];
  readonly options: readonly { readonly flag: string; readonly says: string }[];
}

const shells: Readonly<Record<string, (entries: readonly Entry[]) => string>> = { bash, zsh, fish };

export async function completion(shell: string, program: Command): Promise<number> {
  const script = shells[shell],
    names = Object.keys(shells);
  if (!script)
    throw new Rejected([
      { file: 'completion', line: 0, column: 0, message: `'${shell}' is not one of ${names.join(', ')}${didYouMean(shell, names)}` },
    ]);
  print(script(entriesOf(program, [])));
  return EXIT_PASS;
}

function entriesOf(command: Command, path: readonly string[]): readonly Entry[] {
  const options = command.options
    .filter(({ hidden }) => !hidden)
    .map(({ long, short, description }) => ({ flag: long ?? short ?? '', says: description }));
  const own = { path, says: command.description(), commands: command.commands.map((inner) => inner.name()), options };
  return [own, ...command.commands.flatMap((inner) => entriesOf(inner, [...path, inner.name()]))];
}

/** Words of the command so far choose the list; whatever is no option is a file. */
function bash(entries: readonly Entry[]): string {
  const cases = entries.map(
    ({ path, commands, options }) =>
      `    ${quoted(path.join(' '))}) words=${quoted([...commands, ...options.map(({ flag }) => flag)].join(' '))} ;;`,
  );
  return [
    '# systole: completion for bash, made by `systole completion bash`; source it from ~/.bashrc',
    '_systole() {',
    '  local at="" word words',
    '  COMPREPLY=()',
    `  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do case "$at $word" in`,
    ...entries
      .filter(({ path }) => path.length)
      .map(({ path }) => `    ${quoted(` ${path.join(' ')}`.replace(/^ /, path.length > 1 ? '' : ' '))}) at=${quoted(path.join(' '))} ;;`),
    '  esac; done',
    '  case "$at" in',
    ...cases,
    '  esac',
    `  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))`,
    '}',
    'complete -o default -F _systole systole',
  ].join('\n');
}

function zsh(entries: readonly Entry[]): string {
  return [
    '#compdef systole',
    '# made by `systole completion zsh`; put it into a folder of $fpath as _systole',
    'autoload -U +X bashcompinit && bashcompinit',
    bash(entries).split('\n').slice(1).join('\n'),
  ].join('\n');
}

function fish(entries: readonly Entry[]): string {
  const lines = entries.flatMap(({ path, commands, options }) => {
    const condition =
      path.length === 0 ? '__fish_use_subcommand' : path.map((word) => `__fish_seen_subcommand_from ${word}`).join('; and ');
    const says = (name: string): string => entries.find((entry) => entry.path.join(' ') === [...path, name].join(' '))?.says ?? '';
    return [
      ...commands.map((name) => `complete -c systole -n ${quoted(condition)} -a ${name} -d ${quoted(says(name))}`),
      ...options
        .filter(({ flag }) => flag.startsWith('--'))
        .map(({ flag, says: text }) => `complete -c systole -n ${quoted(condition)} -l ${flag.slice(2)} -d ${quoted(text)}`),
    ];
  });
  return [
    '# systole: completion for fish, made by `systole completion fish`; save it as ~/.config/fish/completions/systole.fish',
    ...lines,
  ].join('\n');
}


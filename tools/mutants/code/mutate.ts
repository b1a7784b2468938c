/** Small changes to a source file such as a tired engineer makes: each of them alone, as text in place of text. */
import { parseSync } from 'vite';

export interface CodeMutant {
  readonly file: string;
  /** In UTF-16 code units of the file. */
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
  readonly line: number;
  /** The same wherever its lines move to: file, what was there and what is. */
  readonly name: string;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

type Change = readonly [place: Node, replacement: string];

const comparisons: { readonly [operator: string]: string } = {
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '===': '!==',
  '!==': '===',
  '*': '/',
  '-': '+',
};
const methods: { readonly [name: string]: string } = { some: 'every', every: 'some', min: 'max', max: 'min' };

/** Throws where the file cannot be parsed. Nothing that only types see is changed. */
export function codeMutants(file: string, source: string): CodeMutant[] {
  const { program, errors } = parseSync(file, source, { lang: file.endsWith('x') ? 'tsx' : 'ts' });
  if (errors.length > 0) throw new Error(`${file} cannot be parsed`);
  const changes: Change[] = [];
  walk(program as unknown as Node, (node) => changes.push(...changesOf(node, source)));
  const seen = new Map<string, number>();
  return changes.map(([{ start, end }, replacement]) => {
    const said = `${file}: ${inOneLine(source.slice(start, end))} => ${inOneLine(replacement) || 'nothing'}`;
    const times = (seen.get(said) ?? 0) + 1;
    seen.set(said, times);
    const name = times === 1 ? said : `${said} (${times})`;
    return { file, start, end, replacement, line: source.slice(0, start).split('\n').length, name };
  });
}

function changesOf(node: Node, source: string): Change[] {
  const text = (part: unknown) => source.slice((part as Node).start, (part as Node).end);
  switch (node.type) {
    case 'LogicalExpression':
      return [
        [node, `(${text(node['left'])})`],
        [node, `(${text(node['right'])})`],
      ];
    case 'ConditionalExpression':
      return [
        [node, `(${text(node['consequent'])})`],
        [node, `(${text(node['alternate'])})`],
      ];
    case 'IfStatement':
      return [
        [node['test'] as Node, 'true'],
        [node['test'] as Node, 'false'],
      ];
    case 'BinaryExpression':
      return binary(node, text);
    case 'UnaryExpression':
      return node['operator'] === '!' ? [[node, `(${text(node['argument'])})`]] : [];
    case 'ExpressionStatement':
      return isCall(node['expression'] as Node) ? [[node, ';']] : [];
    case 'CallExpression':
      return call(node, text);
    case 'VariableDeclarator': {
      const value = node['init'] as Node | null;
      return value?.type === 'Literal' && typeof value['value'] === 'number' ? [[value, `(${text(value)} + 1)`]] : [];
    }
    default:
      return [];
  }
}

function binary(node: Node, text: (part: unknown) => string): Change[] {
  const [left, operator, right] = [node['left'] as Node, node['operator'] as string, node['right'] as Node];
  const other = Object.hasOwn(comparisons, operator) ? comparisons[operator] : undefined;
  if (other === undefined) return [];
  return [[node, `(${text(left)} ${other} ${text(right)})`]];
}

function isCall({ type, argument }: Node): boolean {
  return type === 'CallExpression' || (type === 'AwaitExpression' && (argument as Node).type === 'CallExpression');
}

function call(node: Node, text: (part: unknown) => string): Change[] {
  const callee = node['callee'] as Node;
  if (callee.type !== 'MemberExpression' || callee['computed'] === true) return [];
  const property = callee['property'] as Node;
  const name = String(property['name']);
  if (name === 'filter') return [[node, `(${text(callee['object'])})`]];
  return Object.hasOwn(methods, name) ? [[property, methods[name] ?? name]] : [];
}

/** Every node that is there at run time. */
function walk(node: Node, visit: (node: Node) => void): void {
  if (node.type.startsWith('TS') && !('expression' in node)) return;
  if (node.type === 'ImportDeclaration') return;
  visit(node);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof child === 'object' && child !== null && typeof child.type === 'string') walk(child as Node, visit);
    }
  }
}

function inOneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 120 ? `${line.slice(0, 117)}...` : line;
}

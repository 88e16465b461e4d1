import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'vite';
import { ROOT } from './paths.mjs';

/**
 * @typedef {object} MutationPoint one check that can be switched off
 * @property {string} file from the root of the checkout
 * @property {number} line
 * @property {string} text the check as it stands
 * @property {number} nth which of the checks with this text in this file it is, from 1
 * @property {number} start
 * @property {number} end where in the file it stands
 * @property {boolean} off what it always gives when it is switched off: a guard false, a condition true
 */

/** Calls that say that something is wrong. */
const complaint = /^(problems|found|faults)\.(push|add)$|\.disallow$|^(fail|failed|lost|refuse)$/;

/**
 * Every check of a source file that can be switched off by itself: a guard that refuses, an unconditional complaint, and
 * each condition of a conjunction that is given back.
 * @returns {readonly MutationPoint[]}
 */
export function mutationPoints(file) {
  const source = readFileSync(path.join(ROOT, file), 'utf8');
  const points = [];
  const add = (off) => (node) => {
    const { start, end } = node;
    const line = source.slice(0, start).split('\n').length;
    const text = source.slice(start, end).replace(/\s+/g, ' ').slice(0, 160);
    const nth = points.filter((point) => point.text === text).length + 1;
    points.push({ file, line, text, nth, start, end, off });
  };
  const conditions = (node) => conjuncts(node).forEach(add(true));
  walk(parseSync(file, source).program, (node) => {
    if (node.type === 'IfStatement' && node.alternate === null && refuses(node.consequent, source))
      add(false)(node.test);
    if (node.type === 'ReturnStatement' && node.argument) conditions(node.argument);
    if (node.type === 'ArrowFunctionExpression' && node.body.type !== 'BlockStatement') conditions(node.body);
    if (node.type === 'VariableDeclarator' && node.init) conditions(node.init);
  });
  return points;
}

/** Each condition of `a && b && c`; one that only narrows a type cannot be dropped without breaking the rest. */
function conjuncts(node) {
  const inner = node.type === 'ParenthesizedExpression' ? node.expression : node;
  const isConjunction = (part) => part.type === 'LogicalExpression' && part.operator === '&&';
  const flatten = (part) => (isConjunction(part) ? [...flatten(part.left), ...flatten(part.right)] : [part]);
  return isConjunction(inner) ? flatten(inner).filter((part) => !narrows(part)) : [];
}

function narrows(node) {
  return ['Identifier', 'MemberExpression', 'ChainExpression'].includes(node.type);
}

function refuses(statement, source) {
  const statements = statement.type === 'BlockStatement' ? statement.body : [statement];
  const last = statements[statements.length - 1];
  if (!last) return false;
  if (last.type === 'ThrowStatement') return true;
  if (last.type === 'ReturnStatement') return isRefusal(last.argument, source);
  return last.type === 'ExpressionStatement' && isComplaint(last.expression, source);
}

function isRefusal(value, source) {
  if (value === null || value === undefined) return false;
  if (value.type === 'Literal')
    return value.value === false || value.value === null || typeof value.value === 'string';
  if (value.type === 'ArrayExpression') return value.elements.length > 0;
  if (value.type === 'ObjectExpression')
    return /'(invalid|untrusted|unknown|indeterminate)'|problem/.test(text(value, source));
  return isComplaint(value, source);
}

function isComplaint(node, source) {
  return node.type === 'CallExpression' && complaint.test(text(node.callee, source));
}

const text = (node, source) => source.slice(node.start, node.end);

function walk(node, visit) {
  if (Array.isArray(node)) return node.forEach((each) => walk(each, visit));
  if (node === null || typeof node !== 'object') return undefined;
  if (typeof node.type === 'string') visit(node);
  for (const [key, value] of Object.entries(node)) if (key !== 'parent') walk(value, visit);
  return undefined;
}

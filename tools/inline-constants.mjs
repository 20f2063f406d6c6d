// A step of the build that writes the value of a constant where its name stands. V8 loads a
// module's constant from its scope at every use, checks its type and cannot fold it; in the
// simulation's hot path that is a tenth of all time (bench/microservice.bench.ts). Bundlers only
// do this for constants of other modules, minifiers not at all.
//
// A constant is `const NAME = <number>` at the top of the chunk, also one computed from such, or a
// property of `const Name = Object.freeze({ key: <number>, … })`. The bundler has made `var` of
// `const`, so whatever is assigned to anywhere, or bound a second time, is left alone.
import { parseAst } from 'vite';

/** @typedef {{type: string, start: number, end: number, [key: string]: any}} Syntax */
/** @typedef {{numbers: Map<string, number>, tables: Map<string, Map<string, number>>}} Constants */

/** @returns {import('vite').Plugin} */
export function inlineConstants() {
  return {
    name: 'gameday:inline-constants',
    apply: 'build',
    renderChunk: (code) => ({ code: withConstantsInlined(code), map: null }),
  };
}

/**
 * @param {string} code an ES module
 * @returns {string}
 */
export function withConstantsInlined(code) {
  const program = /** @type {any} */ (parseAst(code));
  const constants = constantsOf(program.body);
  forgetChanging(program, constants);
  /** @type {{start: number, end: number, text: string}[]} */
  const edits = [];
  visit(program, null, (node, parent) => {
    const text = replacementFor(node, parent, constants);
    if (text === null) return true;
    edits.push({ start: node.start, end: node.end, text });
    return false;
  });
  edits.sort((left, right) => left.start - right.start);
  let result = '';
  let from = 0;
  for (const { start, end, text } of edits) {
    result += code.slice(from, start) + text;
    from = end;
  }
  return result + code.slice(from);
}

/**
 * @param {Syntax[]} body
 * @returns {Constants}
 */
function constantsOf(body) {
  const constants = { numbers: new Map(), tables: new Map() };
  for (const statement of body) {
    const declaration =
      statement.type === 'ExportNamedDeclaration' ? statement['declaration'] : statement;
    if (declaration?.type !== 'VariableDeclaration') continue;
    for (const { id, init } of declaration.declarations) {
      if (id.type !== 'Identifier' || init === null) continue;
      const value = numberOf(init, constants);
      if (value !== null) constants.numbers.set(id.name, value);
      const table = tableOf(init, constants);
      if (table !== null) constants.tables.set(id.name, table);
    }
  }
  return constants;
}

/**
 * The value of an expression of numbers and known constants, or null.
 * @param {Syntax} node
 * @param {Constants} constants
 * @returns {number | null}
 */
function numberOf(node, constants) {
  switch (node.type) {
    case 'Literal':
      return typeof node['value'] === 'number' ? node['value'] : null;
    case 'Identifier':
      return constants.numbers.get(node['name']) ?? null;
    case 'UnaryExpression': {
      const value = numberOf(node['argument'], constants);
      if (value === null) return null;
      return node['operator'] === '-' ? -value : node['operator'] === '~' ? ~value : null;
    }
    case 'BinaryExpression': {
      const left = numberOf(node['left'], constants);
      const right = numberOf(node['right'], constants);
      return left === null || right === null ? null : computed(node['operator'], left, right);
    }
    default:
      return null;
  }
}

/**
 * @param {string} operator
 * @param {number} left
 * @param {number} right
 * @returns {number | null}
 */
function computed(operator, left, right) {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '<<':
      return left << right;
    case '|':
      return left | right;
    default:
      return null;
  }
}

/**
 * @param {Syntax} node
 * @param {Constants} constants
 * @returns {Map<string, number> | null}
 */
function tableOf(node, constants) {
  const isFrozen =
    node.type === 'CallExpression' &&
    node['callee'].type === 'MemberExpression' &&
    node['callee'].object.name === 'Object' &&
    node['callee'].property.name === 'freeze';
  const [object] = isFrozen ? node['arguments'] : [];
  if (object?.type !== 'ObjectExpression') return null;
  const table = new Map();
  for (const property of object.properties) {
    if (property.type !== 'Property' || property.computed || property.key.type !== 'Identifier') {
      return null;
    }
    const value = numberOf(property.value, constants);
    if (value === null) return null;
    table.set(property.key.name, value);
  }
  return table;
}

/**
 * Names that are declared a second time anywhere mean something else there, and a name that is
 * assigned to is no constant.
 * @param {Syntax} program
 * @param {Constants} constants
 */
function forgetChanging(program, constants) {
  const seen = new Set();
  visit(program, null, (node, parent) => {
    const isAssigned = node.type === 'Identifier' && isTarget(node, parent);
    const names = isAssigned || isBinding(node, parent) ? [node['name']] : renamedIn(node);
    for (const name of names) {
      if (isAssigned || seen.has(name)) {
        constants.numbers.delete(name);
        constants.tables.delete(name);
      }
      seen.add(name);
    }
    return true;
  });
}

/**
 * Names that a pattern such as `{ key: name }` introduces.
 * @param {Syntax} node
 * @returns {string[]}
 */
function renamedIn(node) {
  if (node.type !== 'ObjectPattern') return [];
  return node['properties'].flatMap((/** @type {Syntax} */ { value }) =>
    value?.type === 'Identifier' ? [value.name] : [],
  );
}

/**
 * True where an identifier may introduce a name.
 * @param {Syntax} node
 * @param {Syntax | null} parent
 */
function isBinding(node, parent) {
  if (node.type !== 'Identifier') return false;
  switch (parent?.type) {
    case 'VariableDeclarator':
    case 'ClassDeclaration':
    case 'ClassExpression':
      return parent['id'] === node;
    case 'FunctionDeclaration':
    case 'FunctionExpression':
      return parent['id'] === node || parent['params'].includes(node);
    case 'ArrowFunctionExpression':
      return parent['params'].includes(node);
    case 'AssignmentPattern':
      return parent['left'] === node;
    case 'ArrayPattern':
    case 'RestElement':
    case 'CatchClause':
    case 'ImportSpecifier':
    case 'ImportDefaultSpecifier':
    case 'ImportNamespaceSpecifier':
      return true;
    default:
      return false;
  }
}

/**
 * @param {Syntax} node
 * @param {Syntax | null} parent
 * @param {Constants} constants
 * @returns {string | null}
 */
function replacementFor(node, parent, { numbers, tables }) {
  if (node.type === 'MemberExpression' && !node['computed']) {
    if (isTarget(node, parent)) return null;
    const value = tables.get(node['object'].name)?.get(node['property'].name);
    return value === undefined ? null : written(value);
  }
  if (node.type === 'Property' && node['shorthand'] && node['value'].type === 'Identifier') {
    const value = numbers.get(node['value'].name);
    return value === undefined ? null : `${node['value'].name}: ${written(value)}`;
  }
  if (node.type !== 'Identifier' || !isReference(node, parent)) return null;
  const value = numbers.get(node['name']);
  return value === undefined ? null : written(value);
}

/**
 * @param {Syntax} node
 * @param {Syntax | null} parent
 */
function isTarget(node, parent) {
  return (
    parent?.type === 'UpdateExpression' ||
    (parent?.['left'] === node &&
      ['AssignmentExpression', 'ForInStatement', 'ForOfStatement'].includes(parent.type))
  );
}

/**
 * @param {Syntax} node
 * @param {Syntax | null} parent
 */
function isReference(node, parent) {
  if (isBinding(node, parent) || isTarget(node, parent)) return false;
  switch (parent?.type) {
    case 'MemberExpression':
      return parent['object'] === node || parent['computed'];
    case 'Property':
    case 'PropertyDefinition':
    case 'MethodDefinition':
      return parent['value'] === node || parent['computed'];
    case 'ExportSpecifier':
    case 'ImportSpecifier':
    case 'LabeledStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
      return false;
    default:
      return true;
  }
}

/** @param {number} value */
function written(value) {
  if (Object.is(value, -0)) return '(-0)';
  if (value === Infinity) return '(1 / 0)';
  // In parentheses, because `2.toString()` is no program.
  return value < 0 || Number.isInteger(value) ? `(${value})` : String(value);
}

/**
 * Calls `meet` for every node, outermost first; where it returns false, its parts are left out.
 * @param {Syntax} node
 * @param {Syntax | null} parent
 * @param {(node: Syntax, parent: Syntax | null) => boolean} meet
 */
function visit(node, parent, meet) {
  if (!meet(node, parent)) return;
  for (const key of Object.keys(node)) {
    const part = node[key];
    const parts = Array.isArray(part) ? part : [part];
    for (const child of parts) {
      if (child !== null && typeof child === 'object' && typeof child.type === 'string') {
        visit(child, node, meet);
      }
    }
  }
}

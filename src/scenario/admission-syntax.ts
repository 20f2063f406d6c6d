/** Which keys a cache lets in: `all`, `tiny-lfu`, `size-threshold(10KB)`, `probability(10%)`. */

import { bad, good, quoted, shifted } from '../base/reading.ts';
import { suggestion } from '../base/suggest.ts';
import { readShare, readSize } from '../base/units.ts';
import { admissionPolicies } from '../model/admission.ts';
import { argumentsOf, splitCall } from './call-syntax.ts';
import type { Reading } from '../base/reading.ts';
import type { AdmissionPolicy, AdmissionRule } from '../model/admission.ts';
import type { Argument } from './call-syntax.ts';

/** What an example writes into the parentheses. */
const examples = { nothing: '', size: '(10KB)', share: '(10%)' } as const;

export function readAdmission(text: string): Reading<AdmissionRule> {
  const name = text.replace(/\s*\(.*$/s, '').trim();
  const policy = admissionPolicies.get(name);
  if (policy === undefined) {
    const hint = suggestion(name, [...admissionPolicies.keys()], 'allowed are');
    return bad('unknown-value', `${quoted(name)} is not a rule of admission`, hint);
  }
  const written = `write \`${name}${examples[policy.takes]}\``;
  if (!text.includes('(')) {
    if (policy.takes === 'nothing') return good({ policy: name, value: 0 });
    return bad('bad-syntax', `${quoted(text)} needs a ${policy.takes}`, written);
  }
  const call = splitCall(text);
  if (!call.ok) return call;
  const [argument, ...more] = argumentsOf(call.value.inside, call.value.insideStart);
  if (policy.takes === 'nothing')
    return bad('bad-syntax', `${quoted(name)} takes no value`, written);
  if (argument === undefined || more.length > 0) {
    return bad('bad-syntax', `${quoted(name)} takes one ${policy.takes} in parentheses`, written);
  }
  return readValue(policy, argument);
}

function readValue({ name, takes }: AdmissionPolicy, argument: Argument): Reading<AdmissionRule> {
  const read = takes === 'size' ? readSize(argument.text) : readShare(argument.text);
  const value = shifted(read, argument.start);
  if (!value.ok) return value;
  if (value.value > 0) return good({ policy: name, value: value.value });
  const message = `${quoted(argument.text)} lets nothing in; a ${takes} above 0 is needed`;
  return bad('out-of-range', message, 'write `all` to let every key in', argument.start);
}

import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ask, asked, sure } from '../src/client/ask';

/** Mutations that remove something and are confirmed by a form: for a reason, a password, or a word to type. */
const byForm = ['cancelShift', 'cancelTask', 'declineProposal', 'endRole', 'endSecondFactor', 'endSuspension', 'eraseAccount', 'erasePerson', 'hideContent', 'rejectHours', 'removeMember', 'resetPassword', 'resetSecondFactor', 'revokeCertificate', 'sendBack', 'suspendPerson', 'withdrawConsent'];

const takesAway = /^(cancel|decline|delete|end|erase|hide|leave|reject|remove|reset|revoke|sendBack|suspend|unlink|withdraw)/;

/** The mutations that the app calls. */
const called = new Set(
  readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .flatMap((name) => [...readFileSync(`src/${name}`, 'utf8').matchAll(/mutation \w+\([^)]*\) \{\s*(\w+)/g)].map(([, field]) => field!)),
);

test('whatever removes something asks first', () => {
  expect(called.size).toBeGreaterThan(80);
  expect([...called].filter((field) => takesAway.test(field) && !(field in asked) && !byForm.includes(field))).toEqual([]);
  expect([...Object.keys(asked), ...byForm].filter((field) => !called.has(field))).toEqual([]);
});

test('a mutation that only adds does not ask, and one that can do both asks only when it removes', async () => {
  expect(await sure('answerMembership', { input: { accept: true } })).toBe(true);
  expect(await sure('supportProposal', { input: {} })).toBe(true);
  void sure('answerMembership', { input: { accept: false } });
  expect(await ask('cancelSignup')).toBe(false); // while another question is open
});

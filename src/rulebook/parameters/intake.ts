import { platformRule } from '../law.ts';
import { parameterRow as row } from '../parameter.ts';
import { bites } from './bites.ts';

/** Independent probes of the intake, and the rule by which an outage moves the deadline: this platform's own decision, published in each notice. */
export const intakeParameters = [
  row('intake.outage.institutions', 'count', {
    value: '3',
    by: platformRule,
    certainty: 'D',
    bites: bites.decides,
    zh: '公告发布时有{value}家以上不同机构的探测方的，公告载明顺延规则',
    en: 'a notice carries the rule when probes of at least {value} different institutions are registered',
  }),
  row('intake.outage.quorum', 'count', {
    value: '2',
    by: platformRule,
    certainty: 'D',
    bites: bites.decides,
    zh: '须有{value}家机构的探测方看到收件中断',
    en: 'probes of {value} institutions must have seen the outage',
  }),
  row('intake.outage.down', 'minute', {
    value: '10',
    by: platformRule,
    certainty: 'D',
    bites: bites.movesDeadline,
    zh: '看到收件中断累计{value}以上',
    en: 'each saw at least {value} of it',
  }),
  row('intake.outage.window', 'minute', {
    value: '120',
    by: platformRule,
    certainty: 'D',
    bites: bites.decides,
    zh: '只计投标截止前{value}内的中断',
    en: 'only what lies within {value} before the deadline counts',
  }),
  row('intake.outage.move', 'hour', {
    value: '24',
    by: platformRule,
    certainty: 'D',
    bites: bites.movesDeadline,
    zh: '符合条件的，投标截止时间自动顺延{value}，对所有投标人适用',
    en: 'then the deadline moves by {value}, for all bidders',
  }),
  row('intake.outage.moves.max', 'count', {
    value: '2',
    by: platformRule,
    certainty: 'D',
    bites: bites.decides,
    zh: '一个标段最多顺延{value}次',
    en: 'a lot’s deadline moves at most {value} times',
  }),
  row('intake.outage.settle', 'minute', {
    value: '240',
    by: platformRule,
    certainty: 'D',
    bites: bites.decides,
    zh: '截止后，尚在途中的陈述仍可能改变结果的，最多等候{value}再截标',
    en: 'the closing waits at most {value} for statements that could still change the answer',
  }),
] as const;

import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { newId } from '../kernel/ids.ts';
import { notPermitted } from '../kernel/problem.ts';
import { uphold } from '../kernel/rule.ts';
import { codeIsRight, plainCode } from './code.ts';
import { controlRelations } from './control-words.ts';
import { controlDeclared, tooManyDeclared } from './problems.ts';
import { ControlDeclaration } from './schema.ts';

/** An organisation has few of them; a long list would be a way of keeping experts from panels. */
export const mostDeclared = 20;

export const controlFields = z.object({
  /** unified social credit code of the other organisation; it need not be registered here */
  other: z.string().max(60).transform(plainCode),
  name: z.string().trim().min(2).max(200),
  relation: z.enum(controlRelations),
});

/**
 * An organisation declares whom it controls or who controls it (控股、管理关系), about itself alone and in public. From then on the experts of both
 * keep out of each other's panels, until the word is withdrawn, in public too.
 */
export const declareControl = act({
  name: 'declare-control',
  by: ['bidder', 'agent', 'tenderee'],
  says: { zh: '申报控股、管理关系', en: 'Declare control' },
  takes: controlFields,
  async run(call, { other, name, relation }) {
    const own = call.by.code;
    if (own === null || call.by.organisation === null) throw notPermitted();
    uphold([codeIsRight], { code: other });
    // two at once wait for each other here, so that neither counts without the other
    await call.em.execute('select id from organisation where id = ? for update', [call.by.organisation]);
    const standing = await call.em.find(ControlDeclaration, { organisation: own, withdrawnAt: null });
    if (other === own || standing.some((each) => each.other === other)) throw controlDeclared();
    if (standing.length >= mostDeclared) throw tooManyDeclared();
    const id = newId(call.now);
    call.em.create(ControlDeclaration, { id, organisation: own, other, otherName: name, relation, declaredAt: call.now });
    return {
      result: { id },
      facts: [fact('control.declared', { party: own }, { declaration: id, organisation: own, other, name, relation })],
    };
  },
});

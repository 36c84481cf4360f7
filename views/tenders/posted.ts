import type { View } from '../view.ts';

/**
 * The view for one of several forms on a page: only the form that was sent shows its refusal and what was typed.
 * After a refusal the page is shown at the address the form was sent to.
 */
export function viewOfForm(view: View, action: string): View {
  return view.path.split('?')[0] === action ? view : { ...view, problem: null, values: {} };
}

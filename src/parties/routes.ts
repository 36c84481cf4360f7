import { provideTodo } from '../kernel/todo.ts';
import { todo } from './todo-reads.ts';
// Each file declares its endpoints when it is loaded.
import './session-routes.ts';
import './organisation-routes.ts';
import './profile-routes.ts';
import './authority-routes.ts';
import './certificate-routes.ts';

provideTodo('parties', todo);

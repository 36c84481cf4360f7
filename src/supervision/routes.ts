// The endpoints of this room.
import './board-routes.ts';
import './work-routes.ts';

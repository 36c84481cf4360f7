// The endpoints of this room.
import './work-routes.ts';

/* The console's own script: what the page cannot do by itself. Everything works, if more plainly, without it. */

import { watchToasts } from "./toasts.js";
import { watchKeys } from "./keys.js";
import { watchDialogs } from "./dialogs.js";
import { watchConversation } from "./conversation.js";
import { watchCopies } from "./copies.js";

watchToasts();
watchKeys();
watchDialogs();
watchConversation();
watchCopies();

// Audits the server at the address given and prints a line for each audit: its id, its status and, where that is not "ok", why.
import { serverAudits } from "graphql-http";

for (const audit of serverAudits({ url: process.argv[2] })) {
  const { status, reason } = await audit.fn();
  console.log(audit.id, status, status === "ok" ? "" : `${audit.name}: ${reason}`);
}

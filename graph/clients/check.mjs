// Runs the named checks one after the other and prints a line for each: "name ok", or "name failed: why".
export async function run(checks) {
  for (const [name, check] of Object.entries(checks)) {
    try {
      await check();
      console.log(name, 'ok');
    } catch (error) {
      console.log(name, 'failed:', String(error?.stack ?? error).replaceAll('\n', ' '));
    }
  }
}

/**
 * What Kith uses of node:http. An import by name would read every member of that module, among
 * them those that load fetch and WebSocket: 16 MB and a twentieth of a start.
 */
export const { createServer, request, STATUS_CODES } = process.getBuiltinModule('node:http');

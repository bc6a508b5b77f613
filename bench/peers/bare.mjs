// What a developer writes for one request, and nothing more: node bare.mjs FILE BASE_URL
import { readFile } from 'node:fs/promises';
import fetch from 'node-fetch';

const [, , file, baseUrl] = process.argv;
const request = JSON.parse(await readFile(file, 'utf8'));
const response = await fetch(`${baseUrl}/create-invoice`, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json', 'X-Api-Key': process.env.ECCAEX_API_KEY_DEV },
  body: JSON.stringify(request),
});
const answer = JSON.parse(await response.text());
console.log(response.status, answer.invoice_id ?? answer.error?.code);
if (!response.ok) process.exitCode = 1;

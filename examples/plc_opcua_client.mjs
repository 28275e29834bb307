// Drives a Linewalker station with nothing but node-opcua and docs/line-interface.md, as a PLC would: a whole shift.
//
// It uses nothing of Linewalker: take it as a pattern for your own line. `npm install node-opcua`, start a station, then:
//
//     LINEWALKER_PASSWORD=... node plc_opcua_client.mjs shift.csv
//
// The shift is a CSV file with the columns sequence, vin, model and options.

import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import {
  AttributeIds,
  DataType,
  MessageSecurityMode,
  OPCUAClient,
  SecurityPolicy,
  StatusCodes,
  UserTokenType,
  VariantArrayType,
} from "node-opcua";

const VERDICTS = { 1: "OK", 2: "NOK", 3: "NOT_DECIDABLE" };
const TYPES = {
  LifeCounter: DataType.UInt32,
  Mode: DataType.Byte,
  VIN: DataType.String,
  TypeCode: DataType.String,
  Options: DataType.String,
  SequenceNo: DataType.UInt32,
};

class Station {
  #session;
  #life = 0;

  constructor(session) {
    this.#session = session;
  }

  /** Write signals of In, all in one request. */
  async write(signals) {
    const items = Object.entries(signals).map(([name, value]) => ({
      nodeId: `ns=2;s=Linewalker.Station.In.${name}`,
      attributeId: AttributeIds.Value,
      value: {
        value: {
          dataType: TYPES[name] ?? DataType.Boolean,
          arrayType: Array.isArray(value) ? VariantArrayType.Array : VariantArrayType.Scalar,
          value,
        },
      },
    }));
    for (const code of await this.#session.write(items)) {
      if (code.isNot(StatusCodes.Good)) throw new Error(`the station refuses to be written: ${code.name}`);
    }
  }

  /** Read a signal of Out. */
  async read(name) {
    const nodeId = `ns=2;s=Linewalker.Station.Out.${name}`;
    return (await this.#session.read({ nodeId, attributeId: AttributeIds.Value })).value.value;
  }

  /** The station believes in us only while this counter changes. */
  async count() {
    await this.write({ LifeCounter: ++this.#life });
  }

  /** Until a bit of the station is as it should be; the counter goes on meanwhile. A fault ends the wait. */
  async waitFor(name, wanted = true) {
    while ((await this.read(name)) !== wanted) {
      const fault = await this.read("FaultCode");
      if (fault) throw new Error(`fault ${fault}: ${await this.read("FaultText")}`);
      await this.count();
      await sleep(100);
    }
  }
}

/** One car, the four phases of the handshake. */
async function inspect(station, car) {
  // Mode first: Ready needs it. Every acting bit starts low.
  await station.write({ Mode: 1, StartInspect: false, AckResult: false, FaultReset: false });
  await station.waitFor("Ready");

  // 1. The car stands there: say which one, and let the robot in. Only then start.
  const order = { VIN: car.vin, TypeCode: car.model, Options: car.options, SequenceNo: Number(car.sequence) };
  await station.write({ ...order, VehicleInPlace: true, EnterPermit: Array(16).fill(true) });
  await station.write({ StartInspect: true });

  // 2. The robot works until Done.
  await station.waitFor("Done");

  // 3. A result counts only with the VIN and the sequence of this car.
  if ((await station.read("VIN")) !== car.vin || (await station.read("SequenceNo")) !== Number(car.sequence)) {
    throw new Error("the station answers for another car");
  }
  const verdict = VERDICTS[await station.read("Result")];
  const reason = await station.read("ResultReason");
  await station.write({ StartInspect: false, AckResult: true });
  await station.waitFor("Done", false);

  // 4. Everything low again; the car may go.
  await station.write({ AckResult: false, VehicleInPlace: false, EnterPermit: Array(16).fill(false) });
  return `${car.vin}: ${verdict}${reason ? ` (${reason})` : ""}`;
}

function readShift(path) {
  const [header, ...lines] = readFileSync(path, "utf8").trim().split(/\r?\n/);
  const names = header.split(",");
  return lines.map((line) => Object.fromEntries(line.split(",").map((cell, i) => [names[i], cell])));
}

const [shift, endpoint = "opc.tcp://127.0.0.1:4840/linewalker"] = process.argv.slice(2);
const client = OPCUAClient.create({
  securityMode: MessageSecurityMode.SignAndEncrypt,
  securityPolicy: SecurityPolicy.Basic256Sha256,
  endpointMustExist: false,
  connectionStrategy: { maxRetry: 3 },
});
await client.connect(endpoint);
const session = await client.createSession({
  type: UserTokenType.UserName,
  userName: "line",
  password: process.env.LINEWALKER_PASSWORD,
});
try {
  const station = new Station(session);
  for (const car of readShift(shift)) console.log(await inspect(station, car));
} finally {
  await session.close();
  await client.disconnect();
}

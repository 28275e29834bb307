// Every word of the page, Chinese and English, and how numbers and times are written.

const WORDS = {
  station: ["现场", "Station"], verdicts: ["判定", "Verdicts"], history: ["历史", "History"], line: ["线体", "Line"],
  skip: ["跳到内容", "Skip to content"], language: ["English", "中文"], toLanguage: ["切换为英文", "Switch to Chinese"],
  dark: ["深色", "Dark"], light: ["浅色", "Light"], run: ["班次", "Run"], car: ["车辆", "Car"], noRuns: ["这里还没有任何班次。用 linewalker run 运行一个。", "There is no run here yet. Make one with: linewalker run"],
  loading: ["正在载入……", "Loading ..."], reading: ["正在读取记录，已读", "Reading the records, so far"], gone: ["与控制台的连接中断，正在重试……", "The console does not answer; trying again ..."],
  OK: ["合格", "OK"], NOK: ["不合格", "NOK"], NOT_DECIDABLE: ["不可判定", "Not decidable"], open: ["未检", "to come"],
  all: ["全部", "All"], play: ["播放", "Play"], pause: ["暂停", "Pause"], speed: ["速度", "Speed"], time: ["时间", "Time"],
  nextOne: ["下一个", "Next"], previous: ["上一个", "Previous"], jumpTo: ["跳到", "Jump to"], jump_verdict: ["判定", "verdict"], jump_NOK: ["非合格", "not OK"], jump_touch: ["触碰", "touch"], jump_stop: ["停止", "stop"], touched: ["触碰了车", "touched the car"], noneThere: ["没有了", "no more"], copyLink: ["复制此刻的链接", "Copy a link to this moment"],
  linkCopied: ["链接已复制", "The link is copied"], live: ["实时", "Live"], replay: ["回放", "Replay"], goLive: ["回到实时", "Go live"],
  takt: ["节拍", "Takt"], limit: ["上限", "limit"], left: ["约还需 {}", "about {} left"], now: ["现在", "Now"], next: ["接下来", "Next"],
  walksTo: ["走向", "Walks to"], scans: ["激光测量", "Scans"], looks: ["拍照", "Looks at"], goesHome: ["检测完毕，走回原位", "All done, walks back"],
  waits: ["等待车辆", "Waits for a car"], done: ["完成", "Done"], stopped: ["已停止", "Stopped"], visits: ["检测点", "To do"],
  camera: ["机器人相机", "Its camera"], lastEvidence: ["最近的证据", "Last evidence"], ago: ["秒前", "s ago"], noPicture: ["还没有照片", "no picture yet"],
  follow: ["跟随机器人", "Follow the robot"], whole: ["看全景", "See all of it"], top: ["俯视", "From above"], scene: ["工位三维视图：拖动旋转，滚轮缩放，方向键与加减键亦可", "The station in 3D: drag to turn, wheel to zoom, or arrow keys and + -"],
  no3d: ["此浏览器不支持 WebGL，无法显示三维画面；其余功能照常。", "This browser has no WebGL, so there is no 3D view; all else works."],
  notRecorded: ["此班次没有动作记录。", "No motion was recorded of this run."], noRobot: ["这台机器上没有此机器人的模型", "This machine has no model of this robot"],
  search: ["搜索 VIN、特性……", "Search VIN, characteristic ..."], none: ["没有符合条件的结果", "Nothing matches"], value: ["实测", "Measured"], nominal: ["名义值", "Nominal"],
  tolerance: ["公差", "Tolerance"], uncertainty: ["扩展不确定度 U (k=2)", "Expanded uncertainty U (k = 2)"], budget: ["不确定度预算", "Uncertainty budget"],
  budgetNote: ["标准不确定度 u，按来源；条长与方差份额成正比", "standard uncertainties u by source; length: share of the variance"], evidence: ["证据", "Evidence"], place: ["在车上的位置", "Where on the car"],
  before: ["此前各车的同一特性", "The same characteristic on the cars before"], reason: ["理由", "Why"], rule: ["判定规则", "Rule"], toMoment: ["看判定那一刻", "See the moment"], report: ["报告", "Report"],
  ruleText: ["超出公差且超出量大于 U：不合格（ISO 14253-1）。2U/T ≤ 30 %：公差内即合格；否则须在公差内且余量大于 U。其余不可判定。", "Outside by more than U: NOK (ISO 14253-1). Capable, 2U/T <= 30 %: inside is OK; else inside by more than U. All else: not decidable."],
  ratio: ["2U/T", "2U/T"], noEvidence: ["没有证据图片", "There is no picture"], enlarge: ["放大", "Enlarge"], closeIt: ["关闭", "Close"], expected: ["订单要求", "Ordered"], seen: ["看到", "Seen"],
  model: ["车型", "Model"], options: ["选装", "Options"], state: ["状态", "State"], characteristic: ["特性", "Characteristic"], cls: ["等级", "Class"],
  judged: ["已判定", "judged"], interrupted: ["中断", "broken off"], not_inspected: ["未检测", "not inspected"],
  u_place: ["沿缝位置", "place along the seam"], u_repeatability: ["重复性", "repeatability"], u_direction: ["方向", "direction"], u_scanner: ["轮廓仪", "scanner"], u_edge_radius: ["圆角半径", "edge radius"], u_skin: ["板面", "skin"], u_unclear: ["近角部", "near a corner"],
  side: ["侧", "Side"], left_: ["左", "left"], right_: ["右", "right"], middle: ["中", "middle"], individuals: ["单值图 (X)", "Individuals (X)"], movingRange: ["移动极差图 (MR)", "Moving range (MR)"],
  capability: ["过程能力", "Capability"], n: ["样本数", "n"], mean: ["均值", "Mean"], sigmaWithin: ["组内 σ", "σ within"], sigmaOverall: ["总 σ", "σ overall"], confidence: ["95 % 置信区间", "95 % confidence"],
  rules: ["尼尔森规则", "Nelson's rules"], violations: ["违反点", "points"], noViolations: ["没有违反任何规则", "No rule is broken"], tooFew: ["数据太少", "too few values"], pareto: ["帕累托：为什么不合格或不可判定", "Pareto: why not OK"],
  paretoWhat: ["按特性", "by characteristic"], paretoFaults: ["停止、故障与触碰", "stops, faults and touches"], event_stop: ["停止", "stop"], event_fault: ["故障", "fault"], event_fall: ["跌倒", "fall"], event_contact: ["触碰", "touch"], paretoWhy: ["按理由", "by reason"], csv: ["下载 CSV", "Download CSV"], picture: ["存为图片", "Save picture"], from: ["从", "From"], to: ["到", "To"], cars: ["车", "cars"], chart: ["控制图", "Control chart"],
  trend: ["趋势", "Trend"], nok: ["不合格率", "NOK rate"], journal: ["经过与决定", "What happened and was decided"], handshake: ["与线体的握手", "Handshake with the line"], audit: ["线体客户端与写入", "Clients of the line and what they wrote"], at: ["时刻", "At"],
  io: ["当时的信号", "Signals at that time"], nothing: ["没有记录", "Nothing on record"], faults: ["故障代码", "Faults the station can report"], shown: ["条", "shown"], more: ["显示更多", "Show more"], robotTime: ["机器人时间", "robot time"], quiet: ["此刻没有新数据", "nothing new at the moment"],
  noTalk: ["还没有记录到信号变化", "No signal has changed so far"], handshakeHelp: ["点选时刻，下面显示当时的全部信号", "choose a time; the signals of that time are below"], lineSays: ["线体 → 机器人工位", "Line → robot station"], stationSays: ["机器人工位 → 线体", "Robot station → line"],
  balance: ["脚步与平衡", "Footsteps and balance"], com: ["重心", "centre of mass"], dcm: ["发散分量 DCM", "DCM"], dcmLong: ["发散分量 DCM（去向）", "DCM: where it is about to go"], support: ["支撑多边形", "support polygon"], inside: ["在支撑内", "inside"], outside: ["在支撑外", "outside"], noBalance: ["此时没有平衡记录", "no balance was recorded then"],
  profile: ["最近的轮廓线", "Last profile"], noProfile: ["还没有激光线", "no laser line yet"],
  signIn: ["操作员登录", "Sign in as an operator"], signInHelp: ["输入操作员令牌；关闭浏览器后即退出。", "With an operator's token; closing the browser signs you out."], signedIn: ["操作员 {}", "Operator {}"], signOut: ["退出", "Sign out"], signOutHelp: ["退出后此页面只读。", "After that this page only looks on."], token: ["令牌", "Token"], cancel: ["取消", "Cancel"],
  stopRobot: ["停止机器人", "Stop the robot"], stopHelp: ["机器人将尽快站稳并保持，直到线体复位。这不是急停：急停属于安全回路。", "It comes to a stable stand and holds until the line resets. This is no emergency stop: that belongs to the safety circuit."], stopAsked: ["已要求停止", "The stop is asked for"],
  acknowledge: ["已知悉", "Acknowledge"], seenBy: ["已知悉：{}", "seen by {}"], proposals: ["提案", "Proposals"], approve: ["批准", "Approve"], reject: ["拒绝", "Refuse"], passphrase: ["操作员口令（若工位有密钥）", "Operator's passphrase, if the station has a key"], goodUntil: ["有效至", "good until"],
  proposal_proposed: ["等待批准", "waits for leave"], proposal_approved: ["已批准", "approved"], proposal_started: ["执行中", "started"], proposal_done: ["已完成", "done"], proposal_failed: ["失败", "failed"], proposal_cancelled: ["已取消", "cancelled"], proposal_rejected: ["已拒绝", "refused"], proposal_expired: ["已过期", "expired"],
  value_present: ["存在", "present"], value_missing: ["缺失", "missing"],
  bridges: ["这是一次录制的运行；机器人就绪后自动切换到实时画面", "This is a recorded run; the live one follows by itself as soon as the robot is ready"],
  fault: ["故障", "Fault"], clients: ["已连接的客户端", "Clients connected"], lineThere: ["线体已连接", "the line is there"], lineAway: ["线体未连接", "no line is there"], since: ["自", "since"], speaksForLine: ["代表线体", "speaks for the line"],
  clientsNote: ["只有 OPC UA 客户端登录；用 linewalker run 时线体与机器人在同一程序中。", "Only clients of OPC UA log in; with linewalker run the line is in the same program."],
  code: ["代码", "Code"], meaning_: ["含义", "Meaning"], who: ["谁处理", "Who"], remedy: ["怎么办", "What to do"], times: ["次数", "Times"],
  planned: ["计划", "planned"], standing: ["站立", "stands"], walking: ["行走", "walks"], dancing: ["舞动", "dances"], fallen: ["跌倒", "fell"], RUNNING: ["正常", "well"], STOPPING: ["正在停下", "is stopping"], HOLDING: ["停止并保持", "stopped, holds"], LOWERING: ["正在下蹲", "squats down"], TORQUE_OFF: ["已断力矩", "torque is off"], FALLEN: ["跌倒", "fell"],
  reachedLimit: ["超过节拍上限", "over the limit"], of: ["/", "of"], filter: ["筛选", "Filter"], selected: ["已选", "selected"], person: ["人工判定", "A person's verdict"], moments: ["此刻", "moment"],
};

let index = localStorage.getItem("lw-language") === null ? (navigator.language.startsWith("zh") ? 0 : 1) : Number(localStorage.getItem("lw-language"));

export const language = () => (index === 0 ? "zh" : "en");
export const word = (name) => (WORDS[name] ? WORDS[name][index] : String(name));
export const filled = (name, text) => word(name).replace("{}", text);
export const said = (value) => (known(`value_${value}`) ? word(`value_${value}`) : value ?? "");
export const known = (name) => name in WORDS;
export const title = (both) => (both ? both[language()] ?? both.en ?? "" : "");

export function switchLanguage() {
  index = 1 - index;
  localStorage.setItem("lw-language", String(index));
}

export function clock(seconds) {
  if (!Number.isFinite(seconds)) return "–";
  const sign = seconds < 0 ? "-" : "", s = Math.abs(seconds);
  const hours = Math.floor(s / 3600), minutes = Math.floor((s % 3600) / 60), rest = Math.floor(s % 60);
  const two = (n) => String(n).padStart(2, "0");
  return sign + (hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`);
}

export function number(value, digits = 2) {
  if (typeof value !== "number" || !Number.isFinite(value)) return "–";
  const text = value.toFixed(digits);
  return /[1-9]/.test(text) ? text.replace("-", "−") : text.replace("-", "");
}

export function when(text) {
  if (!text) return "";
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? text : at.toLocaleString(index === 0 ? "zh-CN" : "en-GB", { dateStyle: "medium", timeStyle: "short" });
}

// Seconds since 1970, as the clock on the wall shows them.
export const wallClock = (at) => new Date(1000 * at).toLocaleTimeString("en-GB", { hour12: false });

export const SIGNS = { OK: "✓", NOK: "✗", NOT_DECIDABLE: "?", open: "○" };

"""Whether an order says stop. No model, no grammar and no network is in the path; when in doubt, it does."""

from __future__ import annotations

import re

from rapidfuzz.distance import OSA

from linewalker.brain.language.spelling import sounds, spell

_EN = ("stop", "halt", "freeze", "abort", "whoa", "cease", "estop", "stand still", "hold still", "do not move",
       "dont move", "don't move", "cut it out", "knock it off", "kill it", "stay where you are", "stay still",
       "no further", "that's enough", "thats enough", "enough", "quit it", "break off", "stop it", "hold it",
       "hold it right there", "not another step", "hold your position", "all stop", "cancel", "cancel that", "quit",
       "cancel everything", "cancel it", "cancel the mission", "kill the motion", "kill motion", "brake", "keep still",
       "cut the power", "emergency", "red button", "panic", "desist", "cut", "kill")  # fmt: skip
_ZH = ("停", "停下", "停下来", "停止", "停车", "停手", "停住", "站住", "别动", "不要动", "不许动", "急停", "紧急停止", "住手",
       "打住", "定住", "刹车", "刹住", "别走", "不要走", "别再动", "不准动", "别动了", "停一下", "停停", "停停停", "别走了",
       "不要动了", "停下别动", "立定", "够了", "停机", "终止", "中止", "取消任务", "中断", "都停下", "别跑", "不动", "制动",
       "紧急制动", "停工", "收手", "别干了", "别做了", "不要再动", "不要做了", "不要干了", "呆着别动", "待着别动", "原地别动",
       "取消", "卡", "刹", "赶紧刹车", "紧急停机", "快刹车", "停了", "全停", "停运", "关停", "叫停", "喊停", "叫停了", "暂停所有动作",
       "停止所有动作", "停止运动", "停止动作", "停止一切动作")  # fmt: skip
_AROUND_EN = frozenset(
    "please pls plz now right immediately at once robot hey ok okay the it everything there here just i said say all "
    "you must should need to moving motion what are doing that this ! already no oh god wait measuring inspecting "
    "walking working for a moment second of can could will would we and machine fast quickly asap damn bloody hell "
    "inspection mission job task dancing talking guiding checking scanning running movement action operation line "
    "instant do doing any your work currently man dude thanks thank is an this instant button press "
    "from my me".split()
)
_AROUND_ZH = re.compile(
    "(?:请|快点|快|马上|立刻|立即|赶紧|赶快|给我|你|机器人|现在|先|都|全部|全|了|吧|啊|呀|下来|下|来|一下|别动|喂|嘿|我说|我让你|"
    "我叫你|叫你|让你|必须|需要|要|好|行|紧急|动作|运动|检查|测量|走|移动|作业|任务|工作|跳舞|执行|运行|所有|一切|一切动作|手|住|"
    "在|原地|那|那里|这里|这|就|给|把|它|设备|机器|哎|诶|哦|嗯|不行|不好|危险|有人|出事|小心|当心|麻烦|帮忙|帮我|干|做|说|讲|正在|"
    "当前|目前|动|再|刻|拜托|哇|天|天哪|唉|靠|妈呀|哎呀|啦|嘛|呗|哈|脚步|脚|车|进行|巡检|扫描|哟|噢|老铁|师傅|兄弟|求你|求求你|"
    "可以|能|个|的|呢|量|测|查|站|到此为止|为止|继续)*"
)
_NOT_STOP = re.compile(
    r"\b(?:do not|don'?t|dont|never|without|won'?t|not|no|non|nor|didn'?t|wasn'?t|isn'?t|hasn'?t|unless|instead of|non-?)"
    r"\s*(?:ever |you |to |dare |need to |have to |want to |yet |wanna |please |a |just |even |be )*"
    r"(?:stop|halt|freez|abort|ceas|quit|cancel|brak|pausing|emergency stop|stand)|\bnonstop\b|\bstop ?(?:sign|watch|light|gap|over)s?\b|\bone-?stop\b"
    r"|\bemergency stop (?:off|button|switch|test|works?|circuit)\b|\b(?:e-?stop|emergency stop)s? (?:be|was|were|is|are|did|do|does|off)\b"
)
_ABOUT_STOP = re.compile(
    r"\b(?:why|when|where|how many|how often|how long|how|which|what|who|did|does|was|were|has|had|is|are|if|until|after|before|"
    r"once|unless|says?|said|reads?|sign|label|ignore|disable|deactivate|override|bypass|skip|turn off|switch off|remove|forget|"
    r"disregard|explain|count|list|show|tell me|report|word|means?|disconnect|defeat|mute|suppress|prevent|bus|next|last|test)\b.*"
    r"\b(?:stop|halt|freez|abort|e-?stop|emergency|brak|cancel)"
)
_NOT_STOP_ZH = re.compile(
    "(?:别|不要|不许|不准|不用|不必|不能|没有|没|未|勿|莫|甭|不会|不得|不想|不该|不应|从不|永不|不|拒绝|无需|停不|无法|先别|永远别|防止|避免)"
    "(?:让它|让|再|马上|立刻|紧急|急|随便|擅自|现在|中途|半路|半途|给我|轻易|突然|因此|就|要|被|叫|喊|忘|去)*"
    "(?:停|刹|中止|终止|取消|中断|打住)"
)
_ABOUT_STOP_ZH = re.compile(
    "为什么|为啥|为何|怎么|什么时候|何时|几次|多少|哪|谁|吗|是不是|有没有|停车场|停车位|停产|停靠|停电|停留|停放|写着|写了|显示|读到|提示|"
    "标签|二维码|屏幕|扫码|如果|要是|假如|直到|之后|以后|关掉|关闭|禁用|忽略|屏蔽|解除|取消急停|绕过|无视|失效|原因|解释|统计|记录|几点|"
    "多久|次数|停了没|停过|停没停|停表|暂停|停顿|停业|按钮|开关|拆|停在|停到|停的时候|取消暂停|叫停也|喊停也|喊停都|谁|停止的|停下的|"
    "从停|停机时间|停用|停了多|停一停|停一会|停会|先停一停|停几|停个|停上|停[一二两三四五六七八九十百半\\d]+[\\d一二三四五六七八九十百]*(?:个)?(?:秒|分|小时)|"
    "除了|以外|跳过|安全停|卡口|卡片|卡钳|上卡|刹车灯|刹车片|刹车盘"
)


def says_stop(order: str) -> bool:
    """Whether an order is to stop: typed in a hurry, in any of many words, with slips, among other things."""
    text = _plain(order)
    if not text:
        return False
    if _mostly_han(text):
        return _zh(text)
    return _en(text)


def _plain(order: str) -> str:
    text = spell(order[:2000]).text.strip()
    return re.sub(r"(?<=[a-z])([a-z])\1{2,}", r"\1", re.sub(r"([a-z])\1{2,}", r"\1\1", text))


def _mostly_han(text: str) -> bool:
    return any("\u4e00" <= c <= "\u9fff" for c in text)


def _en(text: str) -> bool:
    if '"' in text or _NOT_STOP.search(text) or _ABOUT_STOP.search(text):
        return False
    for clause in re.split(r"[,.;!?\n:]+|\bthen\b", text):
        if _en_clause(re.findall(r"[a-z'-]+", clause)):
            return True
    return False


def _en_clause(words: list[str]) -> bool:
    """Whether the words of one clause are one of the phrases and words around it that change nothing."""
    core = [w for w in (word.strip("-'") for word in words) if w]
    joined = " ".join(core).replace("e-stop", "estop").replace("e stop", "estop")
    for phrase in _EN:
        if re.search(rf"\b{phrase}\b", joined):
            rest = re.sub(rf"\b{phrase}\b", " ", joined).split()
            if all(_around(word) for word in rest):
                return True
    kept = [word for word in core if word not in _AROUND_EN]
    return len(kept) == 1 and _slip(kept[0])


def _around(word: str) -> bool:
    return word in _AROUND_EN or any(word == part for phrase in _EN for part in phrase.split())


def _slip(word: str) -> bool:
    """Whether a single word is stop, halt or freeze as it is typed in a hurry."""
    if word in ("step", "shop", "top", "stock", "hall", "salt", "half", "halo", "breeze", "sto", "strip", "steps"):
        return word == "sto"
    squeezed = re.sub(r"(.)\1+", r"\1", word)
    if squeezed in ("stop", "halt", "freze", "abort", "stopit"):
        return True
    return any(OSA.distance(word, wanted) <= (1 if len(wanted) < 6 else 2) for wanted in ("stop", "halt", "freeze"))


def _zh(text: str) -> bool:
    if '"' in text or _ABOUT_STOP_ZH.search(text):
        return False
    if _NOT_STOP_ZH.search(text) and not re.fullmatch(".*(?:停|别动|不要动|不许动|别走).*", _NOT_STOP_ZH.sub("", text)):
        return False
    if _NOT_STOP.search(text):
        return False
    if any(_en_clause(re.findall(r"[a-z]+", c)) for c in re.split(r"[,.;!?\n、:]+", text) if re.search("[a-z]", c)):
        return True
    return any(_zh_clause(re.sub(r"\s", "", clause)) for clause in re.split(r"[,.;!?\n、:~]+", text) if clause.strip())


def _zh_clause(clause: str) -> bool:
    if _NOT_STOP_ZH.search(clause):
        return False
    for phrase in sorted(_ZH, key=len, reverse=True):
        at = clause.find(phrase)
        while at >= 0:
            if _AROUND_ZH.fullmatch(clause[:at]) and _rest_zh(clause[at + len(phrase) :]):
                return True
            at = clause.find(phrase, at + 1)
    return _sounds_like_stop(clause)


def _rest_zh(rest: str) -> bool:
    return bool(_AROUND_ZH.fullmatch(rest)) or any(
        rest.startswith(p) and _rest_zh(rest[len(p) :]) for p in _ZH if p in rest
    )


def _sounds_like_stop(clause: str) -> bool:
    """Whether all of a short clause sounds like one of the phrases, as a wrong choice of characters does."""
    table = sounds()
    core = re.sub("^(?:请|快点|快|马上|立刻|立即|赶紧|给我|你|现在|先)+|[了吧啊呀!]+$", "", clause)
    if not 1 <= len(core) <= 4 or any(c not in table for c in core):
        return False
    heard = [table[c] for c in core]
    wanted = ("停", "停下", "停下来", "停止", "站住", "别动", "急停", "停车", "住手", "停停停", "停停", "不要动", "停住")
    if len(core) == 1 and core not in "亭庭婷挺廷听厅仃蜓艇":
        return False
    return any(len(p) == len(core) and [table[c] for c in p] == heard for p in wanted)

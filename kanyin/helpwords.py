# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
"""What `--help` says, in both languages: of every command, and of every argument a sentence.

Start-up reads it, so it is Python and not one of the files of wording, whose parsing `--help` would wait for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kanyin.findings import Lang

# key → Chinese, English
_HELP = {
    "about": (
        "刊印：把结构化的文章排成带权利声明的 PDF；未经授权的转载、摘编和版式使用一律不予付印。",
        "kanyin: articles into PDFs that carry their rights notice; unauthorised reprints, excerpts and uses of a "
        "layout are refused.",
    ),
    "epilog": (
        "退出码：0 完成；1 有问题；2 用法；3 权利被拒；4 读不了文章；5 缺工具或字体；6 排版失败；7 成品不合格。",
        "Exit codes: 0 done; 1 findings; 2 usage; 3 rights refused; 4 source unreadable; 5 a tool or font is "
        "missing; 6 layout failed; 7 the output does not conform.",
    ),
    # headings
    "usage": ("用法：", "usage: "),
    "arguments": ("参数", "arguments"),
    "options": ("选项", "options"),
    "commands": ("命令", "commands"),
    "topics": ("事项", "topics"),
    "everywhere": ("处处可用", "everywhere"),
    # commands
    "build": ("权利人整篇付印", "the holder publishes whole works"),
    "excerpt": ("摘编：为被授权方付印一部分", "a part, for a grantee: needs a grant"),
    "reprint": ("转载：为被授权方付印整篇", "a whole work, for a grantee: needs a grant"),
    "check": (
        "不付印，只检查文章、版式和权利（用于 CI）",
        "check sources, layouts and rights without building (for CI)",
    ),
    "verify": (
        "重读成品 PDF，证明每页都有声明；重读存档包",
        "read finished PDFs again and prove the notice on every page; read packages again",
    ),
    "archive": (
        "为图书馆打存档包（BagIt）：存档 PDF、JATS、来稿、回执",
        "packages that a library keeps (BagIt): archive PDF, JATS, source, receipt",
    ),
    "preview": (
        "在浏览器里看页面，文章一改就重排；不付印",
        "pages in a browser that follow the source as it is edited; nothing is printed",
    ),
    "diff": ("两份 PDF 逐页对照，标出不同之处", "two PDFs page by page, with changes marked"),
    "import": ("把 txt、md、docx、JATS 变成结构化的文章", "txt, md, docx or JATS into structured source"),
    "rights": (
        "为什么这样裁定；密钥、签名、撤回、日志；登记作品的文字索引",
        "why a verdict fell; keys, signatures, revocations, the log, the index of registered texts",
    ),
    "rights explain": (
        "逐条列出规则：是否满足，依据哪一事实、哪一条法律，怎样才会不同",
        "every rule: whether it holds, the fact, the law, and what would change it",
    ),
    "rights keygen": ("制作密钥，并列入可信的公钥", "make a key and list it among the trusted ones"),
    "rights sign": (
        "为登记册中的授权、特别声明、例外、豁免签名",
        "sign grants, statements, exceptions and waivers of the register",
    ),
    "rights revoke": ("撤回授权，或用 --keyid 撤销密钥", "revoke a grant, or a key with --keyid"),
    "rights index": (
        "编制登记作品的文字索引，供比对摘编",
        "make the index of the registered works against which texts are compared",
    ),
    "rights log": ("核对日志；可附回执或所记的末条", "check the log, against receipts or a head that was noted down"),
    "fonts": ("制作和检查字体", "make and check the fonts"),
    "layouts": ("列出和检查版式", "list and check layouts"),
    "init": ("新建一个项目", "start a new project"),
    "doctor": ("这台机器有什么、缺什么", "what this machine has and lacks"),
    "schema": ("rights.yaml、layout.yaml 等的 JSON Schema", "the JSON Schema of rights.yaml, layout.yaml and others"),
    # arguments everywhere
    "--help": ("显示这份说明", "show this help"),
    "--version": ("显示版本号", "show the version"),
    "--rights": (
        "登记册，缺省为 rights.yaml；它所在的文件夹就是项目",
        "the register, else rights.yaml; the project is the folder it lies in",
    ),
    "--as-of": (
        "按哪一天裁定权利，写成 2026-01-31，北京时间；缺省为今天",
        "the day for which rights are decided, YYYY-MM-DD in Asia/Shanghai; else today",
    ),
    "--key": ("签名用的私钥，缺省为 .keys/build.key", "the private key that signs, else .keys/build.key"),
    "--format": ("报告的格式，缺省为 text", "the format of the report, else text"),
    "--lang": ("提示的语言，缺省随环境变量 LANG", "the language of messages, else that of LANG"),
    "--verbose": (
        "准许时也说明依据，并给出成品的摘要",
        "say why a use was permitted too, and the digests of what was made",
    ),
    "--quiet": ("成功时不说话", "say nothing on success"),
    # arguments of commands
    "sources": (
        "文章或刊期的文件夹或文件；缺省为 source/ 下的全部",
        "folders or files of articles or issues; else all under source/",
    ),
    "archived": ("文章的文件夹或文件", "folders or files of articles"),
    "source": ("文章的文件夹或文件", "the folder or file of an article"),
    "previewed": ("文章或刊期的文件夹或文件", "the folder or file of an article or issue"),
    "given": (
        "文章的文件夹或文件，或成品 PDF",
        "the folder or file of an article, or a finished PDF",
    ),
    "files": ("成品 PDF，或存档包的文件夹", "finished PDFs, or folders of packages"),
    "first": ("原来的 PDF", "the PDF as it was"),
    "second": ("后来的 PDF", "the PDF as it is now"),
    "file": ("来稿：txt、md、docx 或 JATS 的 xml", "the text that came: txt, md, docx, or xml of JATS"),
    "folder": ("新项目的文件夹，须是空的或没有", "the folder of the new project, empty or not yet there"),
    "--to": ("写入哪个文件夹；已有的文件不会覆盖", "the folder to write to; no file is overwritten"),
    "--id": ("作品在登记册中的编号，缺省取自来稿", "the work's id in the register, else taken from the text"),
    "--profile": (
        "成品的用途：screen 阅读（缺省），print 印刷，archive 存档",
        "what the PDF is for: screen (the default), print for a press, archive for keeping",
    ),
    "--layout": ("版式的名字，缺省随文章，再为 journal", "the layout's name, else the article's own, else journal"),
    "--out": ("成品放在哪个文件夹", "the folder for what is made"),
    "--certify": (
        "证书和私钥，给成品加数字签名；需要附加包 sign",
        "a certificate and its key, to certify the PDF; needs the extra `sign`",
    ),
    "--impose": ("另做印刷用的拼版，连同 --profile print", "printer's sheets too, with --profile print"),
    "--articles": ("刊期之外另出各篇的 PDF，页码相同", "beside an issue, each article's own PDF: the same pages"),
    "--report": (
        "另写 build/NAME/report.html：页面、框、字体、图、裁定和提示",
        "write build/NAME/report.html too: pages, boxes, fonts, images, decision, findings",
    ),
    "--jobs": ("同时处理几篇；0 为每个处理器一篇", "how many at a time; 0: one for each core"),
    "--keep-going": ("被拒的不打包，逐一说明，其余照做", "leave out what is refused, and name it"),
    "--grantee": ("被授权方在登记册中的编号", "the licensee's id in the register"),
    "--action": ("问的是哪种使用，缺省为 build", "which use is asked about, else build"),
    "--parts": (
        "摘编哪几部分，以编号写出，如 s2,tab1,abstract",
        "the parts of an excerpt by id, such as s2,tab1,abstract",
    ),
    "--pages": ("摘编成品 PDF 的哪几页，从第一页数起", "pages of a finished PDF, counted from its first"),
    "--work": (
        "作品在登记册中的编号；成品 PDF 必须写明",
        "the work's id in the register; needed for a finished PDF",
    ),
    "--cover": (
        "成品 PDF：前加一页，写明作品、首发、许可、被授权方、册号和 DOI",
        "finished PDF: a page before it that names work, first publication, licence, licensee, copy and DOI",
    ),
    "--number": (
        "成品 PDF：这一册的册号，不大于 --copies",
        "finished PDF: the number of this copy, up to --copies",
    ),
    "--break-signature": (
        "成品 PDF：带数字签名也加印，签名因此失效",
        "finished PDF: stamp a signed one too, which breaks its signature",
    ),
    "--port": ("本机的哪个端口，缺省由系统选", "the port on this machine, else any that is free"),
    "--copies": ("印多少册；授权限册数时必须写明", "how many copies; needed where a grant bounds them"),
    "--channel": (
        "用于哪个渠道：print_periodical 期刊，print_book 图书，web 网络，database 数据库，course 课堂教学",
        "where it is used: print_periodical, print_book, web, database or course",
    ),
    "--territory": ("用于哪个地域，写国家代码，缺省为 CN", "where in the world, a country's code, else CN"),
    # fixed words
    "fonts topic": (
        "build：从系统软件包制作字体；check：核对已制作的字体",
        "build: make the fonts from installed packages; check: compare them with their pins",
    ),
    "layouts topic": (
        "list：列出版式和它们的选项；check：试排各版式的样稿",
        "list: the layouts and their options; check: set the sample of each",
    ),
    "schema kind": ("哪一种文件的 JSON Schema", "the kind of file whose JSON Schema is wanted"),
    # rights
    "--role": ("密钥的用途：付印、授权或审阅", "what the key is for: building, granting or reviewing"),
    "--holder": ("密钥属于登记册中的哪一方", "the party in the register whose key it is"),
    "--until": ("密钥用到哪一天", "the last day of the key"),
    "key file": ("私钥写到哪个文件", "the file for the private key"),
    "--name": ("密钥的名字，供人辨认", "a name for the key, for people"),
    "--replaces": ("它取代的密钥", "the key that it replaces"),
    "ids": ("登记册中各条的编号", "ids of entries of the register"),
    "grant": ("授权的编号", "the id of the grant"),
    "--from": ("从哪一天起撤回，缺省为今天", "the first day of the revocation, else today"),
    "--keyid": ("要撤销的密钥", "the key to revoke"),
    "witnesses": ("与日志核对的回执", "receipts to hold against the log"),
    "--head": ("以前记下的末条摘要", "the head that was noted down"),
    "--repair": ("去掉写了一半的末条", "take away a last entry that was half written"),
}


def help_words(lang: Lang) -> dict[str, str]:
    return {key: (zh if lang == "zh" else en) for key, (zh, en) in _HELP.items()}

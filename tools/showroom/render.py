"""Renders the scenes of a plan: blender -b -noaudio -P render.py -- MODELS PLAN.jsonl OUT [IDS...]

Every scene becomes OUT/ID.png and OUT/ID.mask.png; what is there already, or in the hands of another process, is skipped.
--classes writes masks of all classes in kit.py, and to OUT/seen.csv which share of the person the camera sees.
--plates writes such masks of the places alone, without car, person and picture, as OUT/ID.plate.png, at half the size.
The camera stands at -Y and looks along +Y; the car turns instead, so the places need a backdrop only at +Y.
"assets" in place of IDS renders the plates of the backgrounds and the cut-outs of the figures instead; "other-assets" those
of places and figures that the campaign lacks.
"""
import json
import math
import os
import random
import sys

import bpy
from mathutils import Matrix, Vector, noise
from mathutils.bvhtree import BVHTree

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import kit  # noqa: E402
from kit import FIGURES, POSITIONS, SETTINGS  # noqa: E402

ARGUMENTS = sys.argv[sys.argv.index("--") + 1:]
MODELS, PLAN, OUT, *IDS = [a for a in ARGUMENTS if not a.startswith("--")]
ALL_CLASSES, PLATES = "--classes" in ARGUMENTS or "--plates" in ARGUMENTS, "--plates" in ARGUMENTS
CARS, ALL_FIGURES = {**kit.CARS, **kit.HELD_OUT_CARS}, {**FIGURES, **kit.HELD_OUT_FIGURES}
scene = bpy.context.scene
CAR, PERSON = 1, 2


# --- materials -------------------------------------------------------------------------------------------------

def linear(code):
    channels = [int(code[i:i + 2], 16) / 255 for i in (0, 2, 4)]
    return [c / 12.92 if c <= .04045 else ((c + .055) / 1.055) ** 2.4 for c in channels] + [1]


def ground(name, dark, light, scale, rough=.9, bump=0, detail=3, fade=None):
    """A material of two colours mixed by noise; `fade` makes it transparent from that radius on."""
    m = bpy.data.materials.new(name)
    m.use_nodes = True
    n, link = m.node_tree.nodes, m.node_tree.links.new
    bsdf = n["Principled BSDF"]
    bsdf.inputs["Roughness"].default_value = rough
    bsdf.inputs["Specular"].default_value = 0 if rough > .8 else .4
    where = n.new("ShaderNodeNewGeometry")
    texture = n.new("ShaderNodeTexNoise")
    texture.inputs["Scale"].default_value = scale
    texture.inputs["Detail"].default_value = detail
    link(where.outputs["Position"], texture.inputs["Vector"])
    ramp = n.new("ShaderNodeValToRGB")
    for element, at, code in zip(ramp.color_ramp.elements, (.35, .65), (dark, light)):
        element.position, element.color = at, linear(code)
    link(texture.outputs["Fac"], ramp.inputs["Fac"])
    link(ramp.outputs["Color"], bsdf.inputs["Base Color"])
    if bump:      # costs three looks at the noise
        bumps = n.new("ShaderNodeBump")
        bumps.inputs["Strength"].default_value = bump
        bumps.inputs["Distance"].default_value = .05
        link(texture.outputs["Fac"], bumps.inputs["Height"])
        link(bumps.outputs["Normal"], bsdf.inputs["Normal"])
    if fade:
        length = n.new("ShaderNodeVectorMath")
        length.operation = "LENGTH"
        link(where.outputs["Position"], length.inputs[0])
        steps = n.new("ShaderNodeMapRange")
        steps.inputs["From Min"].default_value, steps.inputs["From Max"].default_value = fade, fade * 2.2
        link(length.outputs["Value"], steps.inputs["Value"])
        clear, mix = n.new("ShaderNodeBsdfTransparent"), n.new("ShaderNodeMixShader")
        link(steps.outputs["Result"], mix.inputs["Fac"])
        link(bsdf.outputs[0], mix.inputs[1])
        link(clear.outputs[0], mix.inputs[2])
        link(mix.outputs[0], n["Material Output"].inputs["Surface"])
    return m


def facade(name, wall, glass, width, height):
    """A wall of windows: bricks whose mortar is the wall."""
    m = bpy.data.materials.new(name)
    m.use_nodes = True
    n, link = m.node_tree.nodes, m.node_tree.links.new
    where, turn = n.new("ShaderNodeTexCoord"), n.new("ShaderNodeMapping")
    turn.inputs["Rotation"].default_value = (math.radians(90), 0, 0)
    link(where.outputs["Object"], turn.inputs["Vector"])
    brick = n.new("ShaderNodeTexBrick")
    brick.offset = 0
    for key, value in (("Color1", linear(glass)), ("Color2", linear("8fa3b0")), ("Mortar", linear(wall)),
                       ("Scale", 1), ("Mortar Size", .55), ("Brick Width", width), ("Row Height", height)):
        brick.inputs[key].default_value = value
    link(turn.outputs["Vector"], brick.inputs["Vector"])
    bsdf = n["Principled BSDF"]
    link(brick.outputs["Color"], bsdf.inputs["Base Color"])
    bsdf.inputs["Roughness"].default_value = .5
    return m


def paint(material, code, silver):
    bsdf = material.node_tree.nodes["Principled BSDF"]
    for link in list(bsdf.inputs["Base Color"].links):
        material.node_tree.links.remove(link)
    for key, value in (("Base Color", linear(code)), ("Roughness", .25), ("Metallic", .65 if silver else .15),
                       ("Clearcoat", 1), ("Clearcoat Roughness", .05), ("Alpha", 1)):
        bsdf.inputs[key].default_value = value


# --- objects ---------------------------------------------------------------------------------------------------

def mesh(name, points, faces, material, home, smooth=False):
    data = bpy.data.meshes.new(name)
    data.from_pydata(points, [], faces)
    data.materials.append(material)
    if smooth:
        data.polygons.foreach_set("use_smooth", [True] * len(faces))
    item = bpy.data.objects.new(name, data)
    home.objects.link(item)
    return item


def sheet(x0, x1, y0, y1, z, material, home, nx=1, ny=1, height=None):
    """A flat sheet, or with `height(x, y)` a landscape."""
    points = []
    for j in range(ny + 1):
        for i in range(nx + 1):
            x, y = x0 + (x1 - x0) * i / nx, y0 + (y1 - y0) * j / ny
            points.append((x, y, z + (height(x, y) if height else 0)))
    faces = [(a, a + 1, a + nx + 2, a + nx + 1) for j in range(ny) for a in range(j * (nx + 1), j * (nx + 1) + nx)]
    return mesh("sheet", points, faces, material, home, height is not None)


def box(x0, x1, y0, y1, z0, z1, material, home):
    points = [(x, y, z) for z in (z0, z1) for x, y in ((x0, y0), (x1, y0), (x1, y1), (x0, y1))]
    faces = [(0, 1, 5, 4), (1, 2, 6, 5), (2, 3, 7, 6), (3, 0, 4, 7), (4, 5, 6, 7)]
    return mesh("box", points, faces, material, home)


def tree(x, y, tall, thick, bark, leaves, home, rnd, crown=True):
    """A trunk that bends a little, and a lumpy crown."""
    points, sides, rings = [], 8, 7
    lean = (rnd.uniform(-.08, .08), rnd.uniform(-.05, .05))
    for k in range(rings):
        z = tall * k / (rings - 1)
        r = thick * (1.3 if k == 0 else 1 - .6 * k / rings)
        points += [(x + lean[0] * z + r * math.cos(a * math.tau / sides),
                    y + lean[1] * z + r * math.sin(a * math.tau / sides), z) for a in range(sides)]
    faces = [(k * sides + a, k * sides + (a + 1) % sides, (k + 1) * sides + (a + 1) % sides, (k + 1) * sides + a)
             for k in range(rings - 1) for a in range(sides)]
    mesh("trunk", points, faces, bark, home, True)
    if crown:
        for _ in range(5):
            blob(x + rnd.gauss(0, tall * .14), y + rnd.gauss(0, tall * .1), tall * rnd.uniform(.75, 1.05),
                 tall * rnd.uniform(.16, .26), leaves, home, rnd, .45)


def blob(x, y, z, size, material, home, rnd, rough=.35, flat=1.0):
    """A lump: a rock, a shrub or a crown."""
    shift, points, rows, cols = rnd.uniform(0, 99), [], 9, 14
    for j in range(rows + 1):
        for i in range(cols):
            u, v = math.tau * i / cols, math.pi * j / rows - math.pi / 2
            d = Vector((math.cos(u) * math.cos(v), math.sin(u) * math.cos(v), math.sin(v)))
            r = size * (1 + rough * noise.noise(d * 2.1 + Vector((shift, 0, 0))) + rough * .6 *
                        noise.noise(d * 5 + Vector((shift, 3, 0))))
            points.append((x + d.x * r, y + d.y * r, z + d.z * r * flat))
    faces = [(j * cols + i, j * cols + (i + 1) % cols, (j + 1) * cols + (i + 1) % cols, (j + 1) * cols + i)
             for j in range(rows) for i in range(cols)]
    return mesh("blob", points, faces, material, home, rough < .4)


def load(folder, index):
    """The model as one object that stands on the ground round the origin, with its front at -Y."""
    path = os.path.join(MODELS, folder)
    name = next(f for f in sorted(os.listdir(path)) if f.endswith(".obj"))
    before = set(bpy.data.objects)
    bpy.ops.wm.obj_import(filepath=os.path.join(path, name))
    parts = [o for o in bpy.data.objects if o not in before]
    for o in bpy.data.objects:
        o.select_set(o in parts)
    for o in parts:
        o.data.validate(clean_customdata=True)
        bpy.context.view_layer.objects.active = o
        if o.data.has_custom_normals:          # Cycles crashes on some of the models' own normals
            bpy.ops.mesh.customdata_custom_splitnormals_clear()
    if len(parts) > 1:
        bpy.ops.object.join()
    whole = bpy.context.view_layer.objects.active
    data = whole.data
    data.transform(whole.matrix_world)
    whole.matrix_world = Matrix()
    data.use_auto_smooth, data.auto_smooth_angle = True, .7
    data.polygons.foreach_set("use_smooth", [True] * len(data.polygons))
    low, high = ([f(v.co[k] for v in data.vertices) for k in range(3)] for f in (min, max))
    data.transform(Matrix.Translation((-(low[0] + high[0]) / 2, -(low[1] + high[1]) / 2, -low[2])))
    whole.pass_index = index
    for home in list(whole.users_collection):
        home.objects.unlink(whole)
    return whole, [high[k] - low[k] for k in range(3)]


def resize(item, factor):
    item.data.transform(Matrix.Scale(factor, 4))
    item["size"] = [max(v.co[k] for v in item.data.vertices) - min(v.co[k] for v in item.data.vertices)
                    for k in range(3)]


cars, figures = {}, {}


def car(name):
    if name not in cars:
        item, size = load(CARS[name][1], CAR)
        resize(item, CARS[name][3] / size[1])
        cars[name] = item
    return cars[name]


def figure(name):
    if name not in figures:
        item, size = load(ALL_FIGURES[name][0], PERSON)
        resize(item, ALL_FIGURES[name][1] / size[2])
        figures[name] = item
    return figures[name]


# --- places ----------------------------------------------------------------------------------------------------

def sky(name, hdri=None):
    w = bpy.data.worlds.new(name)
    w.use_nodes = True
    w.cycles.sampling_method = "MANUAL" if hdri else "NONE"     # the automatic map takes seconds
    w.cycles.sample_map_resolution = 256
    n, link = w.node_tree.nodes, w.node_tree.links.new
    if hdri:
        texture = n.new("ShaderNodeTexEnvironment")
        own = os.path.join(bpy.utils.system_resource("DATAFILES", path="studiolights/world"), hdri + ".exr")
        texture.image = bpy.data.images.load(
            os.path.join(MODELS, "hdri", hdri) if hdri.endswith(".exr") else own)
        where, turn = n.new("ShaderNodeTexCoord"), n.new("ShaderNodeMapping")
        link(where.outputs["Generated"], turn.inputs["Vector"])
        link(turn.outputs["Vector"], texture.inputs["Vector"])
    else:
        texture = n.new("ShaderNodeTexSky")
        texture.sky_type, texture.sun_disc = "NISHITA", False
    clouds = n.new("ShaderNodeMixRGB")
    clouds.name = "Clouds"
    clouds.inputs["Color2"].default_value = 5.4, 5.8, 6.2, 1
    clouds.inputs["Fac"].default_value = 0
    link(texture.outputs[0], clouds.inputs["Color1"])
    link(clouds.outputs[0], n["Background"].inputs["Color"])
    return w


def forest(home, rnd, variant):
    soil = ground("soil", "2e2114", "5f5230", 3.5, fade=9)
    bark, leaves = ground("bark", "2a2019", "5b4a3a", 6), ground("leaves", "1d3a12", "55812a", 2.5)
    sheet(-40, 40, -30, 40, 0, soil, home)
    for _ in range(16):
        x, y = rnd.uniform(-17, 17), rnd.uniform(7, 22)
        tree(x, y, rnd.uniform(9, 14), rnd.uniform(.16, .34), bark, leaves, home, rnd, False)
    for _ in range(26):
        blob(rnd.uniform(-18, 18), rnd.uniform(6.5, 18), .1, rnd.uniform(.3, .8), leaves, home, rnd, .5)
    return sky("forest sky", "forest")


def desert(home, rnd, variant):
    shift = Vector((rnd.uniform(0, 99), rnd.uniform(0, 99), 0))

    def dunes(x, y):
        far = max(0, min(1, (math.hypot(x, y) - 11) / 45))
        wave = noise.noise(Vector((x * .016 + y * .006, y * .03, 0)) + shift)
        return far * (4 + 8 * wave) + .04 * noise.noise(Vector((x, y * .6, 0)))
    sand = ground("sand", "b9854c", "d9ab6c", 1.3)
    rock = ground("rock", "7a4c30", "b07f55", 2)
    sheet(-150, 150, -40, 190, -.03, sand, home, 150, 130, dunes)
    for _ in range(14):
        x, y = rnd.uniform(-18, 18), rnd.uniform(6, 28)
        blob(x, y, .05, rnd.choice([.15, .25, .4, .7]), rock, home, rnd, .5, .7)
    if variant:
        for _ in range(4):
            x, y = rnd.uniform(-26, 26), rnd.uniform(38, 60)
            blob(x, y, 1, rnd.uniform(3, 7), rock, home, rnd, .5, 1.1)
    else:
        green = ground("cactus", "2f4a22", "577a3a", 5)
        for _ in range(6):
            x, y, h = rnd.uniform(-15, 15), rnd.uniform(7, 20), rnd.uniform(1.6, 3.4)
            blob(x, y, h / 2, .22, green, home, rnd, .05, h / .44)
            for side in (-1, 1):
                z = h * rnd.uniform(.35, .6)
                box(x, x + side * .55, y - .1, y + .1, z - .1, z + .1, green, home)
                blob(x + side * .6, y, z + .4, .14, green, home, rnd, .05, 4)
    return sky("desert sky")


def urban(home, rnd, variant):
    road = ground("road", "2b2b2d", "434345", 9, fade=26 if not variant else None)
    white = ground("line", "b5b5b0", "deded8", 7)
    sheet(-60, 60, -40, 60, 0, road, home)
    if not variant:
        for k in range(-5, 6):
            box(k * 2.9 - .06, k * 2.9 + .06, 4.2, 9.2, 0, .008, white, home)
        return sky("city sky", "city")
    stone = ground("pavement", "77756f", "9b9890", 4)
    box(-60, 60, 5.6, 30, 0, .14, stone, home)
    for k in range(-12, 12):
        box(k * 4, k * 4 + 2, -3.6, -3.48, 0, .006, white, home)
    walls = [facade(f"facade {i}", wall, glass, wide, tall) for i, (wall, glass, wide, tall) in enumerate(
        (("8a4a36", "22303c", 2.2, 3.1), ("b8a88c", "2a3844", 1.9, 3.0), ("6d7378", "1b2a36", 2.6, 3.2),
         ("a5573d", "33404a", 2.0, 2.9), ("c9c3b5", "263642", 2.4, 3.3)))]
    x = -46
    while x < 46:
        wide = rnd.uniform(7, 13)
        box(x, x + wide - .05, 11 + rnd.choice([0, .6, 1.2]), 24, 0, rnd.uniform(9, 24), rnd.choice(walls), home)
        x += wide + rnd.choice([0, 0, 0, 3])
    bark, leaves = ground("bark", "2a2019", "5b4a3a", 6), ground("leaves", "2a4a1a", "5c8a35", 3)
    metal = ground("post", "22262a", "34393d", 3, .4)
    for k in range(-3, 4):
        tree(k * 9 + rnd.uniform(-1, 1), 8.6, 5.5, .13, bark, leaves, home, rnd)
        box(k * 9 + 4.4, k * 9 + 4.55, 6.4, 6.55, 0, 5.6, metal, home)
        box(k * 9 + 4.35, k * 9 + 4.6, 5.0, 6.6, 5.5, 5.65, metal, home)
    return sky("street sky", "city")


def racetrack(home, rnd, variant):
    road = ground("track", "262628", "3c3c3f", 7)
    grass = ground("grass", "2f5a1c", "5f8a34", 1.5)
    red, white = ground("kerb red", "b01218", "c8181e", 9), ground("kerb white", "d4d4d0", "eeeeea", 9)
    metal, dark = ground("rail", "9aa0a5", "b8bec2", 2, .4), ground("tyre", "121212", "1e1e1e", 5)
    sheet(-120, 120, -40, 4.4, 0, road, home)
    sheet(-160, 160, 4.4, 160, -.02, grass, home)
    for k in range(-50, 50):
        box(k * 1.1, k * 1.1 + 1.1, 4.3, 5.3, -.02, .07, (red, white)[k % 2], home)
    box(-120, 120, 3.85, 4.05, 0, .006, white, home)
    far = 11 if variant else 9
    for z in (.35, .75):
        box(-100, 100, far, far + .06, z, z + .3, metal, home)
    for k in range(-30, 31):
        box(k * 3, k * 3 + .12, far + .06, far + .2, 0, 1.1, metal, home)
    if variant:     # tyre wall and grandstand
        red, white = ground("tyre red", "b01218", "c8181e", 9), ground("tyre white", "d4d4d0", "eeeeea", 9)
        for k in range(-40, 40):
            box(k * .9, k * .9 + .86, far - .9, far - .2, 0, .95, (dark, white if k % 4 == 0 else dark, red)[k % 3], home)
        seats = [ground(f"seat {c}", c, c, 5) for c in ("1c4fa0", "b8bcc0", "c02026", "2a2d30")]
        for k in range(9):
            for s in range(-34, 34):
                if rnd.random() < .75:
                    box(s * 1.1, s * 1.1 + .9, 24 + k * 1.2, 25 + k * 1.2, 1.6 + k * .7, 2.4 + k * .7, rnd.choice(seats), home)
        box(-40, 40, 23, 36, 0, 1.6, metal, home)
        box(-40, 40, 25, 37, 10.2, 10.6, white, home)
    else:           # boards and a line of trees
        boards = [ground(f"board {c}", c, c, 5) for c in ("c8181e", "1646b4", "f0f0ee", "f5bd0a", "1a1a1a")]
        for k in range(-12, 12):
            box(k * 5 + .1, k * 5 + 4.8, far + 2, far + 2.15, .3, 1.5, boards[rnd.randrange(5)], home)
        leaves = ground("leaves", "1f3f18", "486f2a", .8)
        for _ in range(70):
            blob(rnd.uniform(-80, 80), rnd.uniform(48, 62), 2, rnd.uniform(2.5, 6), leaves, home, rnd, .45)
    return sky("track sky")


def coast(home, rnd, variant):
    sea = ground("sea", "0c4a66", "17708a", .25, .12, .9, 5)
    sea.node_tree.nodes["Principled BSDF"].inputs["Specular"].default_value = .5
    sheet(-900, 900, -60, 2500, -.35 if not variant else -1.2, sea, home)
    if variant:     # quay
        stone = ground("quay", "8c857a", "b0a99c", 2.5)
        box(-60, 60, -40, 5.4, -3, 0, stone, home)
        metal, white = ground("bollard", "22262a", "34393d", 3, .4), ground("rail white", "dcdcd8", "f2f2ee", 3, .5)
        for z in (.5, 1.0):
            box(-40, 40, 5.0, 5.05, z, z + .05, white, home)
        for k in range(-16, 17):
            box(k * 2.2, k * 2.2 + .07, 5, 5.07, 0, 1.05, white, home)
        hull = ground("hull", "e8e8e4", "f8f8f4", 2, .4)
        for _ in range(5):
            x, y, s = rnd.uniform(-40, 40), rnd.uniform(28, 90), rnd.uniform(.8, 1.4)
            mesh("boat", [(x - 4 * s, y, .2), (x + 3 * s, y - 1, .2), (x + 5 * s, y, .9), (x - 4.4 * s, y - 1, .9)],
                 [(0, 1, 2, 3)], hull, home)
            mesh("sail", [(x, y, 1.2), (x + 3 * s, y, 1.2), (x, y, 10 * s)], [(0, 1, 2)], hull, home)
    else:           # beach
        sand = ground("beach", "cdb083", "e8d2a6", 1.2)
        foam = ground("foam", "dfe9ea", "ffffff", 3)

        def shore(x):
            return 8.5 + 1.6 * noise.noise(Vector((x * .07, rnd_shift, 0)))
        rnd_shift = rnd.uniform(0, 50)
        sheet(-80, 80, -40, 14, -.02, sand, home, 80, 54,
              lambda x, y: -max(0, y - shore(x) + 2) * .16 + .03 * noise.noise(Vector((x, y, 0))))
        for row, thick in ((0, .5), (2.2, .25), (5, .3), (9, .3)):
            edge = [(x * .8, shore(x * .8) + row + .5 * noise.noise(Vector((x * .3, row, 0)))) for x in range(-90, 91)]
            points = [(x, y, -.33) for x, y in edge] + [
                (x, y + thick * (.6 + noise.noise(Vector((x * .5, row + 7, 0)))), -.33) for x, y in edge]
            count = len(edge)
            mesh("foam", points, [(i, i + 1, count + i + 1, count + i) for i in range(count - 1)], foam, home)
        rock = ground("shore rock", "4a443c", "7d7466", 2)
        for _ in range(7):
            blob(rnd.uniform(-16, 16), rnd.uniform(7, 12), -.2, rnd.choice([.3, .5, .9]), rock, home, rnd, .5, .7)
        palm_bark, palm_leaf = ground("palm bark", "5a4632", "8a7152", 5), ground("palm leaf", "2c5a1e", "5d8c36", 3)
        for _ in range(3):
            palm(rnd.choice([-1, 1]) * rnd.uniform(3.5, 9), rnd.uniform(5, 8), palm_bark, palm_leaf, home, rnd)
    hills = ground("headland", "4c5c3c", "74806a", .05)
    side = rnd.choice([-1, 1])
    sheet(side * 60, side * 700, 330, 520, -1, hills, home, 60, 12,
          lambda x, y: 42 * math.sin(math.pi * (y - 330) / 190) * max(
              0, min(1, (abs(x) - 60) / 120)) * (1 + .8 * noise.noise(Vector((x * .02, y * .02, 1)))))
    return sky("coast sky")


def palm(x, y, bark, leaf, home, rnd):
    tall, lean = rnd.uniform(4.5, 6.5), rnd.uniform(-.12, .12)
    points = [(x + lean * z * z / 4 + r * math.cos(a * math.tau / 7), y + r * math.sin(a * math.tau / 7), z)
              for z, r in ((tall * k / 6, .17 - .012 * k) for k in range(7)) for a in range(7)]
    faces = [(k * 7 + a, k * 7 + (a + 1) % 7, k * 7 + 7 + (a + 1) % 7, k * 7 + 7 + a) for k in range(6) for a in range(7)]
    mesh("palm", points, faces, bark, home, True)
    x += lean * tall * tall / 4
    for i in range(13):
        angle, droop, length = i * math.tau / 13 + rnd.uniform(-.2, .2), rnd.uniform(.5, 1.2), rnd.uniform(1.7, 2.4)
        points, d, p = [], Vector((math.cos(angle), math.sin(angle), 0)), Vector((-math.sin(angle), math.cos(angle), 0))
        for k in range(7):
            t = k / 6
            spine = Vector((x, y, tall)) + d * length * t + Vector((0, 0, .7 * t - droop * 1.6 * t * t))
            wide = .3 * math.sin(math.pi * min(1, t * .9 + .1))
            points += [spine - p * wide - Vector((0, 0, wide * .5)), spine, spine + p * wide - Vector((0, 0, wide * .5))]
        mesh("frond", points, [(k * 3 + a, k * 3 + a + 1, k * 3 + a + 4, k * 3 + a + 3) for k in range(6) for a in (0, 1)],
             leaf, home)


BUILDERS = {"forest": forest, "desert": desert, "urban": urban, "racetrack": racetrack, "coast": coast}
VARIANTS = {s: 4 for s in SETTINGS}
places = {}


def merged(home):
    """All objects of a place as one: the renderer then has less to look after."""
    bpy.ops.object.select_all(action="DESELECT")
    for o in home.objects:
        o.select_set(True)
    bpy.context.view_layer.objects.active = home.objects[0]
    bpy.ops.object.join()
    return bpy.context.view_layer.objects.active


def place(setting, number, other=""):
    """The place's ground and its sky; four of each setting exist, and each turns and shifts from scene to scene.

    Another text for `other` gives four other places; "held-out" also takes environment pictures seen nowhere else.
    """
    key = setting, number % VARIANTS[setting], other
    if key not in places:
        home = bpy.data.collections.new(f"{setting} {key[1]}")
        scene.collection.children.link(home)
        world = BUILDERS[setting](home, random.Random(f"{setting}{key[1]}{other}"), key[1] % 2)
        if other == "held-out" and setting in kit.HELD_OUT_SKIES:
            world = sky(f"{setting} held-out", kit.HELD_OUT_SKIES[setting])
        whole = merged(home)
        home.objects.unlink(whole)
        scene.collection.children.unlink(home)
        places[key] = whole, world
    return places[key]


# --- a scene ---------------------------------------------------------------------------------------------------

EXPOSURE = {"forest": (1.35, 2.6), "urban": (.75, 2.6), "desert": (.13, 3.2), "racetrack": (.13, 3.4), "coast": (.13, 3.2)}
TINT = {"midday": "fff6e8", "afternoon": "ffeccf", "evening": "ffcf98", "overcast": "f4f6ff"}
FORCE = {"midday": 1, "afternoon": 1, "evening": .9, "overcast": .12}
sun = bpy.data.objects.new("sun", bpy.data.lights.new("sun", "SUN"))
camera = bpy.data.objects.new("camera", bpy.data.cameras.new("camera"))
shown = []


def show(item):
    scene.collection.objects.link(item)
    shown.append(item)


def reach(dx, dy, box_x, box_y, turn):
    """How far a ray from the middle of a turned rectangle goes until it leaves it."""
    c, s = abs(dx * math.cos(turn) + dy * math.sin(turn)), abs(-dx * math.sin(turn) + dy * math.cos(turn))
    return min(box_x / max(c, 1e-6), box_y / max(s, 1e-6))


CLOCK = {"A": (-1, -1), "B": (0, -1), "C": (1, -1), "D": (1, 0), "E": (1, 1), "F": (0, 1), "G": (-1, 1), "H": (-1, 0)}


def spot(s, body, person, turn):
    """Where the person stands: round the car as in a clock as the camera sees it; see README.md."""
    long, wide = body["size"][1] / 2 + .55, body["size"][0] / 2 + .55
    x_half = (abs(math.sin(turn)) * long + abs(math.cos(turn)) * wide)
    y_half = (abs(math.cos(turn)) * long + abs(math.sin(turn)) * wide)
    x, y = CLOCK[s["person"]]
    start = math.atan2(y * y_half, x * x_half)
    tree_ = BVHTree.FromPolygons([body.matrix_world @ v.co for v in body.data.vertices],
                                 [p.vertices[:] for p in body.data.polygons]) if y >= 0 else None
    best = None
    for step in sorted(range(-12, 13), key=abs) if y >= 0 else (0,):
        angle = start + math.radians(step * 6) * (1 if x <= 0 else -1)
        far = reach(math.cos(angle), math.sin(angle), wide, long, turn)
        at = Vector((math.cos(angle) * far, math.sin(angle) * far, 0))
        if not tree_:
            return at
        tall, seen = person["size"][2], 0
        for i in range(30):
            target = at + Vector(((i % 3 - 1) * .16, 0, tall * (.05 + .9 * (i // 3) / 9)))
            ray = target - camera.location
            seen += tree_.ray_cast(camera.location, ray.normalized(), ray.length)[0] is None
        if best is None or seen > best[0]:
            best = seen, at
        if seen >= (24 if y == 0 else 11):
            break
    s["seen"] = best[0] / 30
    return best[1]


def compose(s):
    for item in shown:
        scene.collection.objects.unlink(item)
    shown.clear()
    rnd = random.Random(s["place"])
    land, world = place(s["setting"], s["place"], s.get("places", ""))
    show(land)
    land.rotation_euler.z = math.radians(rnd.uniform(-12, 12))
    land.location = (rnd.uniform(-4, 4), rnd.uniform(0, 1.2), 0)
    scene.world = world
    strength, power = EXPOSURE[s["setting"]]
    nodes = world.node_tree.nodes
    elevation = math.radians(s["sun_elevation"])
    if "Mapping" in nodes:
        nodes["Mapping"].inputs["Rotation"].default_value[2] = math.tau * rnd.random()
    else:
        nodes["Sky Texture"].sun_elevation = max(elevation, .3)
        nodes["Sky Texture"].sun_rotation = math.radians(180 + s["sun_side"])
        nodes["Clouds"].inputs["Fac"].default_value = .85 if s["light"] == "overcast" else 0
    nodes["Background"].inputs["Strength"].default_value = strength
    sun.data.energy = power * FORCE[s["light"]]
    sun.data.angle = .03 if s["light"] != "overcast" else .6
    sun.data.color = linear(TINT[s["light"]])[:3]
    sun.rotation_euler = (math.pi / 2 - elevation, 0, math.radians(s["sun_side"]))

    camera.data.lens = s["focal"]
    camera.location = (0, -s["distance"], s["height"])
    aim = Vector((s["pan"] * s["distance"], 0, .62 + s["tilt"] * s["distance"]))
    camera.rotation_euler = (aim - camera.location).to_track_quat("-Z", "Y").to_euler()
    if not s.get("car"):
        return
    body, turn = car(s["car"]), -math.radians(s["azimuth"])
    show(body)
    body.rotation_euler.z = turn
    body.scale = s.get("stretch", (1, 1, 1))
    painted = CARS[s["car"]][2].split("+")
    for material in body.data.materials:
        if material and material.name.split(".")[0] in painted:
            paint(material, s["shade"], s["colour"] == "silver")
    bpy.context.view_layer.update()
    if s["person"] != "none":
        person = figure(s["figure"])
        show(person)
        person.location = spot(s, body, person, turn)
        person.rotation_euler.z = math.radians(s["person_turn"]) + math.atan2(person.location.x, s["distance"]) * .5


def settings():
    for o in list(scene.objects):
        bpy.data.objects.remove(o)
    scene.collection.objects.link(sun)
    scene.collection.objects.link(camera)
    scene.camera = camera
    camera.data.clip_end = 5000
    r, c = scene.render, scene.cycles
    r.engine, r.resolution_x, r.resolution_y, r.resolution_percentage = "CYCLES", 384, 288, 100
    r.threads_mode, r.threads, r.use_persistent_data = "FIXED", 1, False
    r.image_settings.file_format = "PNG"
    r.image_settings.compression = 15
    c.samples, c.use_denoising, c.use_adaptive_sampling, c.adaptive_threshold = 10, False, True, .1
    c.adaptive_min_samples = 5
    c.max_bounces, c.diffuse_bounces, c.glossy_bounces, c.transmission_bounces = 3, 1, 2, 2
    c.caustics_reflective = c.caustics_refractive = False
    c.sample_clamp_direct, c.sample_clamp_indirect, c.blur_glossy, c.transparent_max_bounces = 1.5, 1, 1, 6
    scene.view_settings.view_transform = "Standard"
    bpy.context.view_layer.use_pass_object_index = True
    bpy.context.view_layer.use_pass_material_index = ALL_CLASSES
    if PLATES:
        r.resolution_percentage = 50
        c.samples = c.adaptive_min_samples = 1
        c.max_bounces = 0


def mask_to(folder):
    """Writes the object index beside the picture: 0 background, 1 car, 2 person."""
    scene.use_nodes = True
    n, link = scene.node_tree.nodes, scene.node_tree.links.new
    scale = n.new("CompositorNodeMath")
    scale.operation = "DIVIDE"
    scale.inputs[1].default_value = 255
    out = n.new("CompositorNodeOutputFile")
    out.base_path = folder
    out.format.file_format, out.format.color_mode, out.format.color_depth = "PNG", "BW", "8"
    out.format.color_management = "OVERRIDE"
    out.format.view_settings.view_transform = "Raw"
    index = n["Render Layers"].outputs["IndexOB"]
    if ALL_CLASSES:      # cars and people have no material index, places no object index
        both = n.new("CompositorNodeMath")
        link(index, both.inputs[0])
        link(n["Render Layers"].outputs["IndexMA"], both.inputs[1])
        index = both.outputs[0]
    link(index, scale.inputs[0])
    link(scale.outputs[0], out.inputs[0])
    return out


def number_materials():
    for material in bpy.data.materials:
        material.pass_index = next((kit.CLASSES[kind] for kind, names in kit.MATERIALS.items()
                                    if any(material.name.startswith(n) for n in names)), 0)
    for item in [*cars.values(), *figures.values()]:
        for material in item.data.materials:
            if material:
                material.pass_index = 0


def backdrop(size):
    """The class of what an environment picture shows in each pixel: ground below the horizon, above it sky where it is bright."""
    import numpy as np
    nodes = scene.world.node_tree.nodes
    if "Mapping" not in nodes:
        return np.full(size[::-1], kit.CLASSES["sky"], np.uint8)
    picture = next(n for n in nodes if n.type == "TEX_ENVIRONMENT").image
    if picture.name not in backdrops:
        w, h = picture.size
        light = np.array(picture.pixels[:], np.float32).reshape(h, w, -1)[..., :3]
        high = np.arange(h)[:, None] > h / 2
        bright = light[h // 2:h * 3 // 4].mean(2)
        grey = light.mean(2)
        rest = kit.CLASSES["vegetation" if "forest" in picture.name else "building"]
        clear = (grey > .45 * np.percentile(bright, 90)) & (light[..., 2] >= .9 * light[..., 0])
        backdrops[picture.name] = np.where(high, np.where(clear, kit.CLASSES["sky"], rest), kit.CLASSES["ground"])
    table = backdrops[picture.name]
    w, h = size
    x, y = np.meshgrid((np.arange(w) + .5 - w / 2) / w * 36, -(np.arange(h) + .5 - h / 2) / w * 36)
    turn = np.array(camera.rotation_euler.to_matrix())
    d = np.stack([x, y, np.full_like(x, -camera.data.lens)], -1) @ turn.T
    angle = nodes["Mapping"].inputs["Rotation"].default_value[2]
    c, s = math.cos(angle), math.sin(angle)
    dx, dy, dz = d[..., 0] * c - d[..., 1] * s, d[..., 0] * s + d[..., 1] * c, d[..., 2]
    u = -np.arctan2(dy, dx) / math.tau + .5
    v = np.arctan2(dz, np.hypot(dx, dy)) / math.pi + .5
    return table[np.clip((v * table.shape[0]).astype(int), 0, table.shape[0] - 1), (u * table.shape[1]).astype(int) % table.shape[1]]


backdrops = {}


def fill(path):
    """Puts the backdrop's classes where nothing stands."""
    import numpy as np
    from PIL import Image
    labels = np.array(Image.open(path).convert("L"))
    Image.fromarray(np.where(labels == 0, backdrop(labels.shape[::-1]), labels).astype(np.uint8)).save(path, optimize=True)


def plates(ids):
    with open(PLAN, encoding="utf-8") as file:
        scenes = [json.loads(line) for line in file]
    mask = mask_to(OUT)
    for s in scenes:
        final = os.path.join(OUT, s["id"] + ".plate.png")
        if ids and s["id"] not in ids or s["changed"] not in ("", "setting") or os.path.exists(final) or not claim(s["id"]):
            continue
        compose({**s, "car": ""})
        number_materials()
        mask.file_slots[0].path = f"{s['id']}.part"
        bpy.ops.render.render()
        part = os.path.join(OUT, f"{s['id']}.part{scene.frame_current:04d}.png")
        fill(part)
        os.replace(part, final)
        os.remove(os.path.join(OUT, s["id"] + ".claim"))
        print("PLATE", s["id"], flush=True)


def claim(name):
    """Whether this process may render the picture: nobody else that is still alive has said so."""
    path = os.path.join(OUT, name + ".claim")
    try:
        with open(path, "x", encoding="utf-8") as file:
            file.write(str(os.getpid()))
        return True
    except FileExistsError:
        with open(path, encoding="utf-8") as file:
            other = file.read()
    if other and os.path.exists("/proc/" + other):
        return False
    os.remove(path)
    return claim(name)


def pictures(ids):
    with open(PLAN, encoding="utf-8") as file:
        scenes = [json.loads(line) for line in file]
    mask = mask_to(OUT)
    for s in scenes:
        final = os.path.join(OUT, s["id"] + ".png")
        if ids and s["id"] not in ids or os.path.exists(final) or not claim(s["id"]):
            continue
        compose(s)
        mask.file_slots[0].path = f"{s['id']}.part"
        scene.render.filepath = os.path.join(OUT, s["id"] + ".part.png")
        if ALL_CLASSES:
            number_materials()
        bpy.ops.render.render(write_still=True)
        part = os.path.join(OUT, f"{s['id']}.part{scene.frame_current:04d}.png")
        if ALL_CLASSES:
            fill(part)
            with open(os.path.join(OUT, "seen.csv"), "a", encoding="utf-8") as file:
                file.write(f"{s['id']},{s.get('seen', 1):.2f}\n")
        os.replace(part, os.path.join(OUT, s["id"] + ".mask.png"))
        os.replace(scene.render.filepath, final)
        os.remove(os.path.join(OUT, s["id"] + ".claim"))
        print("RENDERED", s["id"], flush=True)


def assets(figures, other=""):
    rnd = random.Random(8)
    for setting in SETTINGS:
        for k in range(1, 9):
            compose({"setting": setting, "place": k + 40, "places": other, "light": ("midday", "afternoon", "evening", "overcast")[k % 4],
                     "sun_elevation": (55, 35, 15, 50)[k % 4], "sun_side": rnd.uniform(-75, 75), "focal": 42,
                     "distance": rnd.uniform(9, 12), "height": rnd.uniform(1.4, 2.3), "pan": 0, "tilt": .02})
            scene.render.filepath = os.path.join(OUT, f"{setting}-{k}.png")
            bpy.ops.render.render(write_still=True)
    for item in shown:
        scene.collection.objects.unlink(item)
    shown.clear()
    white = sky("neutral", "studio")
    white.node_tree.nodes["Background"].inputs["Strength"].default_value = 1
    scene.world, scene.render.film_transparent, scene.cycles.samples = white, True, 48
    scene.render.resolution_x, scene.render.resolution_y = 200, 260
    scene.render.image_settings.color_mode = "RGBA"
    sun.data.energy, sun.rotation_euler = 1.6, (.7, 0, .4)
    sun.data.color = (1, 1, 1)
    for name in figures:
        person = figure(name)
        show(person)
        person.location, person.rotation_euler = (0, 0, 0), (0, 0, 0)
        tall = person["size"][2]
        camera.data.type, camera.data.ortho_scale = "ORTHO", tall * 1.16
        camera.location, camera.rotation_euler = (0, -8, tall / 2), (math.pi / 2, 0, 0)
        scene.render.filepath = os.path.join(OUT, f"{name}.png")
        bpy.ops.render.render(write_still=True)
        scene.collection.objects.unlink(shown.pop())


settings()
if IDS == ["assets"]:
    assets(FIGURES)
elif IDS == ["other-assets"]:
    assets(kit.HELD_OUT_FIGURES, "held-out")
elif PLATES:
    plates(IDS)
else:
    pictures(IDS)
